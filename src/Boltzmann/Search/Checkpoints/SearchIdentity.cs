using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Boltzmann.Searching;

/// <summary>What must be the same where a search goes on: its problem, method, seed.</summary>
static class SearchIdentity
{
    /// <summary>By name, as texts.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(BinaryEnergy energy, ISearchMethod method, ulong seed, int solutions) =>
        [("problem", Fingerprint(energy)), ("method", method.Name), ("seed", seed.ToString(CultureInfo.InvariantCulture)),
            ("solutions", solutions.ToString(CultureInfo.InvariantCulture)), .. Settings(method)];

    static IEnumerable<(string, string)> Settings(ISearchMethod method) => method switch
    {
        Tempering t => [("chains", Chains(t.Groups)), ("temperatures", Text(t.Temperatures)), ("betas", Text(t.Range)),
            ("temperature", Text(t.Temperature)), ("sweeps-per-exchange", Text(t.SweepsPerExchange)),
            ("cluster-moves", Text(t.ClusterMoves))],
        Annealing a => [("chains", Chains(a.Groups)), ("schedule", $"{a.Schedule}"), ("betas", Text(a.Range)),
            ("first-sweeps", Text(a.Sweeps)), ("doubles", Text(a.Doubles)), ("reheats", Text(a.Reheats))],
        _ => throw new ArgumentException($"searches by {method.Name} are not resumed; tempering and annealing are", nameof(method)),
    };

    static string Chains(int groups) => Text(groups * Compute.ChainLanes.Count);

    static string Text(object? value) => value switch
    {
        null => "unstated",
        TemperatureRange range => string.Create(CultureInfo.InvariantCulture, $"{range.Hot:R} {range.Cold:R}"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    static string Fingerprint(BinaryEnergy energy)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add([energy.Offset]);
        Add(energy.Linear);
        Add(energy.First);
        Add(energy.Second);
        Add(energy.Weights);
        Add(energy.ClauseStarts);
        Add(energy.Literals);
        Add(energy.ClauseWeights);
        Add<int>([energy.Blocks.Count]);
        foreach (IReadOnlyList<int> block in energy.Blocks) Add<int>([.. block]);
        return Convert.ToHexString(hash.GetHashAndReset(), 0, 16);

        void Add<T>(ReadOnlySpan<T> numbers) where T : unmanaged
        {
            hash.AppendData(BitConverter.GetBytes((long)numbers.Length));
            hash.AppendData(MemoryMarshal.AsBytes(numbers));
        }
    }
}
