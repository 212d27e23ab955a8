using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Boltzmann.Cli.Benchmarks;

/// <summary>boltzmann bench companion: what the second copy of the program runs; see <see cref="Companion"/>.</summary>
static class CompanionCommand
{
    const int Rows = 1000;
    const double WarmSeconds = 0.5;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var command = new Command(Companion.Command, "Works beside another bench, as asked on standard input.") { Hidden = true };
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            return Run(session, Console.In);
        });
        return command;
    }

    /// <summary>Answers lines until there are no more, or Ctrl-C.</summary>
    internal static int Run(Session session, TextReader lines)
    {
        var backend = (CpuBackend)session.Placement.Backend;
        Action step = new BenchWork(Data.Digits.Generate(Rows, session.Seed), session.Seed, session.Cores)
            .Prepare(ProcessBenchmark.Case(backend.Threads, backend.VectorBits));
        _ = ProcessBenchmark.Rate(step, WarmSeconds);
        session.Output.WriteLine(Companion.Ready);
        while (!session.Interrupted.IsCancellationRequested && lines.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            if (words is not [Companion.Steps or Companion.Spin, string text]
                || !double.TryParse(text, CultureInfo.InvariantCulture, out double seconds)) return ExitCode.BadInput;
            double rate = words[0] == Companion.Steps ? ProcessBenchmark.Rate(step, seconds) : Spin(seconds);
            session.Output.WriteLine(rate.ToString(CultureInfo.InvariantCulture));
        }
        return ExitCode.Done;
    }

    static double Spin(double seconds)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < seconds;) { }
        return 0;
    }
}
