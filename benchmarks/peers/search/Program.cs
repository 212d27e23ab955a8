using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Boltzmann;
using Boltzmann.Reporting;
using Boltzmann.Searching;
using SearchPeers;

// Cuts, quadratic problems and formulas solved by this library's search and by CP-SAT, one after the other on this machine, both with their
// defaults, the same number of threads and the same time. Writes a table. Minutes; on an idle machine.
//
//   dotnet run -c Release --project benchmarks/peers/search -- DATA [SECONDS] [OUT.md]
//
// DATA: a folder with gset and satlib, as BOLTZMANN_DATA names one.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: SearchPeers DATA [SECONDS] [OUT.md]");
    return 2;
}
double seconds = args.Length > 1 ? double.Parse(args[1]) : 20;
int threads = Environment.ProcessorCount;
var table = new TextTable("problem", "best known", "Boltzmann", "after, s", "CP-SAT", "after, s", "what CP-SAT proved");
foreach (PeerProblem peer in PeerProblem.All(args[0]))
{
    Console.Error.WriteLine($"{peer.Name} …");
    var stop = new StopRule { Seconds = seconds, Target = peer.TargetEnergy, SatisfiedEnergy = peer.Problem.Clauses?.EnergyWithin(1) };
    SearchResult ours = Search.Best(peer.Problem.Energy, SearchMethods.Of("auto", peer.Problem.Energy), stop);
    PeerAnswer its = CpSat.Solve(peer, seconds, threads);
    table.Add(peer.Name, peer.BestKnown, $"{Value(peer, ours.Energy)}{(ours.Status == SearchStatus.Proved ? ", proved" : "")}",
        $"{ours.Trace[^1].Seconds:F3}", its.Energy is double energy ? Value(peer, energy) : "none found", $"{its.Seconds:F3}", its.Proved);
}
string text = $"""
    # Search beside CP-SAT

    This library's `search` and Google's CP-SAT {CpSat.Version}, both with their defaults, {threads} threads and {seconds} s a problem, one
    after the other on one machine: {Machine()}. A cut is to be as large, a value as small as
    possible; of a formula the clauses that do not hold are counted. Seconds are those after which the value was first reached. A cut is stated to
    CP-SAT by a variable for each edge, a quadratic problem by one for each product, a formula as it is.

    {table.ToMarkdown()}
    """;
Console.WriteLine(text);
if (args.Length > 2) File.WriteAllText(args[2], text + "\n");
return 0;

static string Value(PeerProblem peer, double energy) => NumberText.Short(peer.Problem.Objective.At(energy), 12);

static string Machine()
{
    string? processor = File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1].Trim() : null;
    int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
    return $"{processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, vectors of {bits} bits; "
        + RuntimeInformation.FrameworkDescription;
}
