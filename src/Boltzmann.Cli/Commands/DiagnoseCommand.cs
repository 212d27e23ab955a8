using System.CommandLine;
using System.Text.Json;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann diagnose MODEL: how well chains of a model mix, and so how far samples may be trusted.</summary>
static class DiagnoseCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var chains = NumberOption.Whole("--chains", DiagnoseRequest.DefaultChains, 2,
            "Chains, at each temperature. They are divided among the starts, with at least one of each.");
        var burnIn = NumberOption.Whole("--burn-in", DiagnoseRequest.DefaultBurnIn, 0, "Sweeps before chains are followed.");
        var sweeps = NumberOption.Whole("--sweeps", DiagnoseRequest.DefaultSweeps, 4, "Sweeps that chains are followed for.");
        var temperatures = NumberOption.OptionalWhole("--temperatures", 2,
            "Temper the chains with N temperatures, whose states swap. Without it, plain chains are followed, with a tempered ladder "
                + "beside them as a check.");
        var start = ChoiceOption.Of("--start", "apart",
            "Where chains begin. apart: at noise, at rows of data (of --data, otherwise of the model's training data if they are there), "
                + "with all units low or high, with all hidden units low or high and the rest drawn given them, with units drawn "
                + "uniformly, and at tempered states, which are then compared; noise, data: all of them there.", "apart", "noise", "data");
        var observables = new Option<string?>("--observables")
        {
            Description = "CSV file for moments of the samples, each with its error and its own autocorrelation time: energy and "
                + "activity (of spins the magnetisation) with their squares, the mean of each column, and the mean product of each pair "
                + $"of at most {ChainMoments.MostColumns} columns, in the model's units.",
            HelpName = "FILE"
        };
        var command = new Command("diagnose",
            "Follows Gibbs chains of a model and tells how well they mix. Shows whether chains that started far apart agree with each "
                + "other and with tempered ones, autocorrelation times, effective sample sizes and swap rates.") { model.Argument };
        command.WithExamples(
            ("diagnose runs/NAME", "20 chains from different starts"),
            ("diagnose runs/NAME --temperatures 20 --sweeps 5000", "tempered chains, followed for longer"),
            ("diagnose runs/NAME --observables moments.csv", "means and correlations with their errors"));
        foreach (Option option in (Option[])[chains, burnIn, sweeps, temperatures, start, observables]) command.Options.Add(option);
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(observables);
            if (path is not null) RowsFile.Check("--observables", path, ".csv");
            TrainedModel trained = model.Open(parsed, session, session.Placement);
            ChainReport report = trained.Diagnose(new()
            {
                Rows = data.Request(parsed, session),
                Chains = parsed.GetValue(chains),
                BurnIn = parsed.GetValue(burnIn),
                Sweeps = parsed.GetValue(sweeps),
                Temperatures = parsed.GetValue(temperatures),
                Start = parsed.Choice<DiagnosisStart>(start) ?? DiagnosisStart.Apart,
                Observables = path is not null,
            }, session.Context);
            if (path is not null) MomentsFile.Write(path, report.Moments);
            if (session.Json) session.WriteJson(json => Write(json, trained, report, parsed.GetValue(burnIn), path));
            else Print(session, trained, report, path);
            return ExitCode.Done;
        });
        return command;
    }

    static void Print(Session session, TrainedModel model, ChainReport report, string? observables)
    {
        session.Print($"{model.Path}: {model}\n");
        string layers = model.LayersBelowChains > 0 ? " of the two upper layers" : "";
        session.Print($"{report.Chains} chains, {report.Sweeps:N0} sweeps{layers}\n\n");
        session.Print(session.Fit(report.ToTable()));
        if (report.ToGroupTable() is TextTable groups) session.Print($"\n{session.Fit(groups)}");
        session.Print($"\n{Verdict(report)}\n");
        if (observables is not null)
        {
            session.Print($"\n{session.Fit(MomentsFile.Table(report.Moments))}\n");
            session.Print($"{report.Moments.Count:N0} moments written to {observables}\n");
        }
        if (report.SwapRates.Count == 0) return;
        session.Print("swaps accepted, from the hottest pair of temperatures: "
            + $"{string.Join("  ", report.SwapRates.Select(rate => NumberText.Short(rate, 2)))}\n");
        session.Print($"journeys to the hottest temperature and back: {report.RoundTrips:N0}\n");
    }

    static string Verdict(ChainReport report) => report.HaveMixed
        ? $"samples are about independent {NumberText.Short(Math.Ceiling(report.SlowestTime))} sweeps apart, as far as these "
        + $"starts{(report.LadderRoundTrips > 0 ? " and the tempered ladder" : "")} tell"
        : report.Unchanged.Count == report.Statistics.Count ? "nothing changed, so nothing tells how far apart samples are independent"
        : report.Unchanged.Count > 0 && report.Disagreements.Count == 0
            ? $"nothing tells how far apart samples are independent: {string.Join(", ", report.Unchanged)} did not change"
        : "the chains have not mixed, or were followed too briefly to tell: their samples are not independent draws from the model";

    static void Write(Utf8JsonWriter json, TrainedModel model, ChainReport report, int burnIn,
        string? observables)
    {
        json.WriteStartObject();
        json.WriteString("model", model.Description.Model);
        json.WriteNumber("chains", report.Chains);
        json.WriteNumber("burn_in", burnIn);
        json.WriteNumber("sweeps", report.Sweeps);
        json.WriteFiniteOrNull("slowest_autocorrelation_time", report.SlowestTime);
        json.WriteBoolean("have_mixed", report.HaveMixed);
        json.WriteStartArray("statistics");
        foreach (var (i, statistic) in report.Statistics.Index())
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
            if (report.Groups.Count > 0) json.WriteFiniteOrNull("r_hat_of_groups", report.GroupRHat(i));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteGroups(json, report);
        if (observables is not null) json.WriteString("observables", observables);
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

    static void WriteGroups(Utf8JsonWriter json, ChainReport report)
    {
        if (report.Groups.Count == 0) return;
        json.WriteStartArray("groups");
        foreach (ChainGroup group in report.Groups) WriteGroup(json, group);
        json.WriteEndArray();
        if (report.Ladder is not ChainGroup ladder) return;
        json.WritePropertyName("ladder");
        WriteGroup(json, ladder);
        json.WriteNumber("ladder_round_trips", report.LadderRoundTrips);
    }

    static void WriteGroup(Utf8JsonWriter json, ChainGroup group)
    {
        json.WriteStartObject();
        json.WriteString("start", group.Name);
        json.WriteNumber("chains", group.Chains);
        json.WriteStartArray("statistics");
        foreach (ChainStatistic statistic in group.Statistics)
        {
            json.WriteStartObject();
            json.WriteString("name", statistic.Name);
            json.WriteFiniteOrNull("mean", statistic.Mean);
            json.WriteFiniteOrNull("standard_error", statistic.StandardError);
            json.WriteBoolean("did_change", statistic.DidChange);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
