using System.CommandLine;
using System.Text.Json;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann diagnose MODEL: how well chains of a model mix, and so how far samples may be trusted.</summary>
static class DiagnoseCommand
{
    const uint Stream = 0x64696167;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var chains = NumberOption.Whole("--chains", 20, 2, "Chains, at each temperature.");
        var burnIn = NumberOption.Whole("--burn-in", 1000, 0, "Sweeps before chains are followed.");
        var sweeps = NumberOption.Whole("--sweeps", 2000, 4, "Sweeps that they are followed for.");
        var temperatures = NumberOption.OptionalWhole("--temperatures", 2, "Temper the chains by so many temperatures, whose states swap; none when left out.");
        var start = ChoiceOption.Of("--start", "noise", "Where chains begin: at noise, far from each other, or at rows of --data.", "noise", "data");
        var command = new Command("diagnose", "Follows Gibbs chains of a model and tells how well they mix: autocorrelation times, effective sample sizes, agreement of chains, swap rates.") { model.Argument };
        foreach (Option option in (Option[])[chains, burnIn, sweeps, temperatures, start]) command.Options.Add(option);
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            LoadedModel loaded = model.Load(parsed, session.Placement);
            bool fromData = parsed.GetValue(start) == "data";
            if (!fromData && parsed.GetValue(data.Data) is not null) throw new BadInputException("--data gives the rows of --start data; chains from noise need none");
            int count = parsed.GetValue(chains);
            var rng = new Rng(session.Seed, Stream);
            var run = new Chains(loaded.Model, count, 1, null, rng);
            if (fromData) run.StartAt(DataInput.Repeated(data.OpenScaled(parsed, session, loaded), count, session.Placement));
            TemperedChains? tempered = parsed.GetValue(temperatures) is int number ? new(loaded.Model.Undirected, count, rng, number) : null;
            if (fromData) tempered?.StartAt(run.State);
            for (int sweep = 0; sweep < parsed.GetValue(burnIn); sweep++)
            {
                session.Interrupted.ThrowIfCancellationRequested();
                if (tempered is null) run.Sweep();
                else tempered.Sweep(rng);
            }
            ChainReport report = tempered is null ? ChainDiagnostics.Follow(loaded.Model.Undirected, run.State, parsed.GetValue(sweeps), rng, session.Interrupted)
                : ChainDiagnostics.Follow(tempered, parsed.GetValue(sweeps), rng, session.Interrupted);
            foreach (string warning in report.Warnings) session.Warn(warning);
            if (session.Json) session.WriteJson(json => Write(json, loaded, report, parsed.GetValue(burnIn)));
            else Print(session, loaded, report);
            return ExitCode.Done;
        });
        return command;
    }

    static void Print(Session session, LoadedModel loaded, ChainReport report)
    {
        session.Output.WriteLine($"{loaded.Path}: {loaded.Title}");
        session.Output.WriteLine($"{report.Chains} chains, {report.Sweeps:N0} sweeps{(loaded.Model.Below > 0 ? " of the two upper layers" : "")}");
        session.Output.WriteLine();
        session.Output.Write(report.ToTable().ToText());
        if (double.IsFinite(report.SlowestTime)) session.Output.WriteLine($"\nsamples are about independent {NumberText.Short(Math.Ceiling(report.SlowestTime))} sweeps apart");
        if (report.SwapRates.Count == 0) return;
        session.Output.WriteLine($"swaps accepted, from the hottest pair of temperatures: {string.Join("  ", report.SwapRates.Select(rate => NumberText.Short(rate, 2)))}");
        session.Output.WriteLine($"journeys to the hottest temperature and back: {report.RoundTrips:N0}");
    }

    static void Write(Utf8JsonWriter json, LoadedModel loaded, ChainReport report, int burnIn)
    {
        json.WriteStartObject();
        json.WriteString("model", loaded.Description.Model);
        json.WriteNumber("chains", report.Chains);
        json.WriteNumber("burn_in", burnIn);
        json.WriteNumber("sweeps", report.Sweeps);
        json.WriteFiniteOrNull("slowest_autocorrelation_time", report.SlowestTime);
        json.WriteStartArray("statistics");
        foreach (ChainStatistic statistic in report.Statistics)
        {
            json.WriteStartObject();
            json.WriteString("name", statistic.Name);
            json.WriteFiniteOrNull("mean", statistic.Mean);
            json.WriteFiniteOrNull("standard_error", statistic.StandardError);
            json.WriteFiniteOrNull("standard_deviation", statistic.StandardDeviation);
            json.WriteFiniteOrNull("autocorrelation_time", statistic.Time.Value);
            json.WriteFiniteOrNull("autocorrelation_time_standard_error", statistic.Time.StandardError);
            json.WriteBoolean("is_lower_bound", !statistic.Time.IsClosed);
            json.WriteFiniteOrNull("effective_sample_size", statistic.EffectiveSampleSize);
            json.WriteFiniteOrNull("r_hat", statistic.RHat);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (report.SwapRates.Count > 0)
        {
            json.WriteNumbers("swap_rates", report.SwapRates);
            json.WriteNumber("round_trips", report.RoundTrips);
        }
        json.WriteStartArray("warnings");
        foreach (string warning in report.Warnings) json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
