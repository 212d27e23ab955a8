using System.CommandLine;
using System.Text.Json;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Commands;

/// <summary>boltzmann data show NAME|FILE: statistics, and a sheet of samples or the head of the table.</summary>
static class DataShowCommand
{
    const int HeadRows = 10, HeadColumns = 10, DetailedColumns = 64;

    public static Command Create(Func<ParseResult, Session> open)
    {
        var name = new Argument<string>("NAME") { Description = "A name from boltzmann data list, or a file.", HelpName = "NAME|FILE" };
        var sheet = new Option<string?>("--out")
        {
            Description = "PNG file for a sheet of samples, where rows are pictures.",
            HelpName = "FILE"
        };
        var count = NumberOption.Whole("--rows", 100, 1, "With --out: rows on the sheet.", 10_000);
        var split = ChoiceOption.Of("--split", "train", "Part of a named set.", "train", "validation", "test");
        var label = new Option<string?>("--label-column")
        {
            Description = "CSV column that holds labels: its name, or its number from 0 (-1 for the last).",
            HelpName = "NAME|INDEX"
        };
        var header = ChoiceOption.Optional("--header", "Whether the CSV's first line names the columns. Detected when left out.", "true",
            "false");
        var reading = new ReadingInput();
        var scaleBytes = NumberOption.OptionalPositive($"--{RowOptions.ScaleBytes}", RowOptions.ScaleBytesHelp);
        Option<ImageShape?> image = ImageInput.Option();
        var command = new Command("show", "Shows a data set: its statistics, and a sheet of samples or the first rows.") { name, sheet,
            count, split, label, header, scaleBytes, image };
        foreach (Option option in reading.Options) command.Options.Add(option);
        command.WithExamples(
            ("data show digits --out digits.png", "a sheet of samples"),
            ("data show table.csv --label-column kind", "columns and first rows of a table"));
        command.SetAction(parsed =>
        {
            using Session session = open(parsed);
            string? path = parsed.GetValue(sheet);
            if (path is null && parsed.IsGiven(count))
                throw new BadInputException("--rows does nothing without --out FILE, whose rows it counts");
            if (path is not null) RowsFile.Check("--out", path, ".png");
            DataOptions options = DataInput.Options(session, parsed.GetValue(label), parsed.GetValue(header), reading.Of(parsed));
            if (path is null && TableShow.Of(session, parsed.GetValue(name)!, options) is TableShow mixed)
            {
                mixed.Write(session);
                return ExitCode.Done;
            }
            var source = new RowSource(session.Data, parsed.GetValue(scaleBytes));
            Dataset data = source.Open(parsed.GetValue(name)!, options with { Split = DataInput.Part(parsed.GetValue(split)!) });
            if (data.Count == 0) throw new BadInputException($"{data.Name} has no rows");
            ImageShape? shape = path is null ? ImageShape.Find(parsed.GetValue(image), data.Columns, data.Image)
                : ImageShape.Require("--out", parsed.GetValue(image), data.Columns, data.Image);
            if (path is not null) AtomicFile.WriteBytes(path,
                Png.Encode(ImageSheet.Grey(Spread(data, parsed.GetValue(count)), shape!, RangeOf(data.Statistics))));
            if (source.NoteOf(parsed.GetValue(name)!, data) is string note) session.Note(note);
            using ITableReader? table = session.Data.OpenTable(parsed.GetValue(name)!, options);
            TextDialect? dialect = DataSource.Dialect(parsed.GetValue(name)!, options with { TableFormats = TableFormats.All });
            if (session.Json) session.WriteJson(json => Write(json, data, shape, path, table?.Form, dialect));
            else session.Print(ToText(session, data, shape, path, table?.Form));
            return ExitCode.Done;
        });
        return command;
    }

    // Evenly spread: data may be sorted by class.
    static Matrix Spread(Dataset data, int most)
    {
        int count = Math.Min(most, data.Count);
        return data.Select([.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))]).ToMatrix();
    }

    static TileRange RangeOf(ColumnStatistics columns) =>
        columns.Minimum.Min() >= 0 && columns.Maximum.Max() <= 1 ? TileRange.Unit : TileRange.Common();

    static (double Minimum, double Mean, double Maximum, double Deviation) Summary(ColumnStatistics columns)
    {
        double mean = columns.Means.Average();
        double variance = columns.Variances.Zip(columns.Means, (v, m) => v + (m - mean) * (m - mean)).Average();
        return (columns.Minimum.Min(), mean, columns.Maximum.Max(), Math.Sqrt(variance));
    }

    static void Write(Utf8JsonWriter json, Dataset data, ImageShape? shape, string? path, string? form, TextDialect? dialect)
    {
        ColumnStatistics columns = data.Statistics;
        var (minimum, mean, maximum, deviation) = Summary(columns);
        json.WriteStartObject();
        json.WriteString("name", data.Name);
        json.WriteNumber("rows", data.Count);
        json.WriteNumber("columns", data.Columns);
        if (data.Rows.Entries is long entries)
        {
            json.WriteNumber("entries", entries);
            json.WriteNumber("share", ShareOf(data, entries));
        }
        json.WriteImage(shape);
        json.WriteFiniteOrNull("minimum", minimum);
        json.WriteFiniteOrNull("mean", mean);
        json.WriteFiniteOrNull("maximum", maximum);
        json.WriteFiniteOrNull("standard_deviation", deviation);
        json.WriteNumber("constant_columns", columns.Variances.Count(v => v == 0));
        if (data.Labels is not null)
        {
            json.WriteStartObject("labels");
            foreach (var (label, count) in LabelCounts(data)) json.WriteNumber(label, count);
            json.WriteEndObject();
        }
        if (form is not null) json.WriteString("form", form);
        json.WriteDialect(dialect);
        if (path is not null) json.WriteString("path", path);
        json.WriteEndObject();
    }

    static string ToText(Session session, Dataset data, ImageShape? shape, string? path, string? form)
    {
        ColumnStatistics columns = data.Statistics;
        var (minimum, mean, maximum, deviation) = Summary(columns);
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"{data.Name}: {data.Count:N0} rows × "
            + $"{data.Columns}{(shape is null ? "" : $", pictures of {shape.Width} × {shape.Height}")}");
        if (data.Rows.Entries is long entries) text.WriteLine($"{entries:N0} entries, {ShareOf(data, entries):P2} of all; the others are "
            + $"{(data.Missing is null ? "0" : "absent")}");
        text.WriteLine($"values {NumberText.Short(minimum)} to {NumberText.Short(maximum)}, mean {NumberText.Short(mean)}, standard "
            + $"deviation {NumberText.Short(deviation)}; {columns.Variances.Count(v => v == 0)} columns are constant");
        if (data.Labels is not null)
            text.WriteLine($"labels {string.Join(", ", LabelCounts(data).Select(l => $"{l.Label}: {l.Count:N0}"))}");
        if (form is not null) text.WriteLine(form);
        if (path is not null) text.WriteLine($"sheet of samples written to {path}");
        if (shape is not null) return text.ToString();
        if (data.Columns <= DetailedColumns)
        {
            var table = new TextTable("column", "min", "mean", "max", "standard deviation");
            for (int c = 0; c < data.Columns; c++)
                table.Add(NameOf(data, c), NumberText.Short(columns.Minimum[c]), NumberText.Short(columns.Means[c]),
                    NumberText.Short(columns.Maximum[c]), NumberText.Short(Math.Sqrt(columns.Variances[c])));
            text.WriteLine();
            text.Write(session.Fit(table));
        }
        text.WriteLine();
        text.Write(session.Fit(Head(data)));
        return text.ToString();
    }

    static double ShareOf(Dataset data, long entries) => entries / ((double)data.Count * data.Columns);

    static TextTable Head(Dataset data)
    {
        if (data.Rows.Entries is not null && data.Columns > HeadColumns) return HeadOfEntries(data);
        int shown = Math.Min(HeadColumns, data.Columns);
        var table = new TextTable([.. Enumerable.Range(0, shown).Select(c => NameOf(data, c)),
            .. shown < data.Columns ? ["…"] : (string[])[], .. data.Labels is null ? [] : (string[])["label"]]);
        var row = new double[data.Columns];
        for (int r = 0; r < Math.Min(HeadRows, data.Count); r++)
        {
            data.Rows.Read(r, row);
            table.Add([.. row.Take(shown).Select(x => double.IsNaN(x) ? "" : NumberText.Short(x)),
                .. shown < data.Columns ? ["…"] : (string[])[],
                .. data.Labels is int[] labels ? [LabelName(data, labels[r])] : (string[])[]]);
        }
        return table;
    }

    // The first columns of sparse rows are as good as empty; what is in a row are its entries.
    static TextTable HeadOfEntries(Dataset data)
    {
        var table = new TextTable(["first entries", .. data.Labels is null ? [] : (string[])["label"]]);
        var row = new double[data.Columns];
        for (int r = 0; r < Math.Min(HeadRows, data.Count); r++)
        {
            data.Rows.Read(r, row);
            int[] there = [.. Enumerable.Range(0, row.Length).Where(c => data.Missing is null ? row[c] != 0 : !double.IsNaN(row[c]))];
            string entries = string.Join("  ", there.Take(HeadColumns).Select(c => $"{NameOf(data, c)}:{NumberText.Short(row[c])}"));
            table.Add([there.Length > HeadColumns ? $"{entries}  …" : entries,
                .. data.Labels is int[] labels ? [LabelName(data, labels[r])] : (string[])[]]);
        }
        return table;
    }

    static string NameOf(Dataset data, int column) => data.ColumnNames?[column] ?? $"{column}";

    static string LabelName(Dataset data, int label) => data.LabelNames is { } names && label < names.Count ? names[label] : $"{label}";

    static IEnumerable<(string Label, int Count)> LabelCounts(Dataset data) =>
        data.Labels!.GroupBy(l => l).OrderBy(g => g.Key).Select(g => (LabelName(data, g.Key), g.Count()));
}
