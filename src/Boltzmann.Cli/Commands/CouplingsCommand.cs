using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann couplings MODEL: what pairs of units say about each other.</summary>
static class CouplingsCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var count = NumberOption.Whole("--count", 100, 1, "How many pairs, those of the strongest couplings.")
            .In(HelpGroup.Options, isMain: true);
        var outFile = new Option<string?>("--out")
        {
            Description = "File: .csv for the pairs, .npy for the couplings of all units, [units × units]; without it standard output.",
            HelpName = "FILE"
        }.In(HelpGroup.Output, isMain: true);
        var command = new Command("couplings", "Shows what pairs of columns say about each other, hidden units summed out. Of a bm "
            + "these are its weights, of an rbm its effective couplings (Tubiana et al. 2019).") { model.Argument };
        command.WithExamples(
            ("couplings runs/NAME --count 20", "the strongest pairs of letters, or of columns"),
            ("couplings runs/NAME --out couplings.npy", "all of them"));
        foreach (Option option in (Option[])[count, outFile]) command.Options.Add(option);
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile);
            if (path is not null) RowsFile.Check("--out", path, ".csv", ".npy");
            PairCouplings couplings = ContactsCommand.Find(parsed, session, model, data);
            if (path is not null && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            {
                int units = couplings.Values.Rows;
                RowsFile.Write(path, units, [.. Enumerable.Range(0, units).Select(u => $"{u}")], couplings.Values.Precision,
                    [couplings.Values]);
                session.Say($"{units:N0} × {units:N0} couplings written to {path}");
                return ExitCode.Done;
            }
            TableOutput.Write(session, "couplings", path, ["unit 1", "unit 2", "coupling"], [.. couplings.Strongest(parsed.GetValue(count))
                .Select(pair => (string[])[pair.First, pair.Second, TableOutput.Number(pair.Coupling)])]);
            return ExitCode.Done;
        });
        return command;
    }
}
