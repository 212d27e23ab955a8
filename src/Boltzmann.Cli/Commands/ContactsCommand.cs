using System.CommandLine;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann contacts MODEL: which sites act on each other.</summary>
static class ContactsCommand
{
    public static Command Create(Func<ParseResult, Session> open)
    {
        var model = new ModelInput();
        var data = new DataInput();
        var separation = NumberOption.Whole("--separation", 1, 1, "The least distance of two sites along the sequence; 5 leaves out what "
            + "is near anyway.").In(HelpGroup.Options, isMain: true);
        var truth = new Option<string?>("--truth")
        {
            Description = "Pairs of sites that are known to be in contact, two on each line: says how many of the first pairs are.",
            HelpName = "FILE"
        }.In(HelpGroup.Options, isMain: true);
        var count = NumberOption.OptionalWhole("--count", 1, "Only the first so many pairs; all when left out.")
            .In(HelpGroup.Options, isMain: true);
        var outFile = new Option<string?>("--out") { Description = "File, .csv; without it standard output.", HelpName = "FILE" }
            .In(HelpGroup.Output, isMain: true);
        var picture = new Option<string?>("--picture") { Description = "SVG file for a map of the pairs.", HelpName = "FILE" }
            .In(HelpGroup.Output, isMain: true);
        var command = new Command("contacts", "Ranks pairs of sites, or of columns, by how directly they act on each other. "
            + "Of a protein family these are near each other in the folded protein.") { model.Argument };
        command.WithExamples(
            ("contacts runs/NAME --separation 5 --out contacts.csv", "pairs of sites, the strongest first"),
            ("contacts runs/NAME --separation 5 --truth known.csv --picture map.svg", "beside those of a structure"));
        foreach (Option option in (Option[])[separation, truth, count, outFile, picture]) command.Options.Add(option);
        data.AddTo(command);
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(outFile), map = parsed.GetValue(picture);
            if (path is not null) RowsFile.Check("--out", path, ".csv");
            if (map is not null) RowsFile.Check("--picture", map, ".svg");
            PairCouplings couplings = Find(parsed, session, model, data);
            KnownContacts? known = parsed.GetValue(truth) is string file
                ? KnownContacts.Read(session.Context.Data.FindFile(file) ?? file, couplings.Sites) : null;
            IReadOnlyList<Contact> ranked = couplings.Ranked(parsed.GetValue(separation));
            if (ranked.Count == 0)
                throw new BadInputException($"no two of the {couplings.Sites.Count} sites are {parsed.GetValue(separation)} apart");
            var map1 = new ContactMap(couplings.Sites, ranked, known);
            string[] columns = known is null ? ["site 1", "site 2", "score"] : ["site 1", "site 2", "score", "contact"];
            string[][] rows = [.. ranked.Take(parsed.GetValue(count) ?? ranked.Count).Select(pair => (string[])[
                couplings.Sites[pair.First], couplings.Sites[pair.Second], TableOutput.Number(pair.Score),
                .. known is null ? [] : (string[])[map1.IsKnown(pair) ? "yes" : "no"]])];
            if (map is not null) AtomicFile.WriteText(map, map1.Svg());
            TableOutput.Write(session, "contacts", path, columns, rows, json =>
            {
                if (known is null) return;
                json.WriteStartObject("precision");
                foreach (var (pairs, precision) in map1.Precisions()) json.WriteNumber($"{pairs}", precision);
                json.WriteEndObject();
            });
            if (session.Json) return ExitCode.Done;
            // Standard output holds the pairs where no file does.
            Action<string> say = path is null ? session.Note : session.Say;
            if (known is not null)
                say("in contact: " + string.Join(", ", map1.Precisions().Select(p => $"{p.Precision:P1} of the first {p.Pairs:N0}")));
            if (map is not null) say($"picture written to {map}");
            return ExitCode.Done;
        });
        return command;
    }

    internal static PairCouplings Find(ParseResult parsed, Session session, ModelInput model, DataInput data)
    {
        TrainedModel trained = model.Open(parsed, session, session.Placement);
        RowsRequest rows = data.Request(parsed, session);
        return session.Track("couplings", () =>
            trained.Couplings(rows.Data is null && rows.Split is null ? rows with { Split = DataSplit.Train } : rows, session.Context));
    }
}
