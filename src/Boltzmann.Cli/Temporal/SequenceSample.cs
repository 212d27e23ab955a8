using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Boltzmann.Cli.Help;

namespace Boltzmann.Cli.Temporal;

/// <summary>sample, of machines with memory: what they generate from nothing or from a beginning.</summary>
sealed class SequenceSample
{
    const int DefaultSteps = 100, FrameMs = 60, MostCompletions = 1000;

    readonly Option<int?> steps = NumberOption.OptionalWhole("--steps", 1, "Machines with memory: steps to generate. By default 100, of a "
        + "text at most.").In(HelpGroup.Options, isMain: true);

    readonly Option<string?> prefix = new Option<string?>("--prefix")
    {
        Description = "Machines with memory: what to go on from. A text; a file of a sequence; or NAME:STEPS, the first steps of a set or "
            + "file.",
        HelpName = "TEXT|FILE|NAME:STEPS"
    }.In(HelpGroup.Options, isMain: true);

    readonly Option<bool> greedy = new Option<bool>("--greedy")
    {
        Description = "Machines with memory: the most probable value of each unit instead of draws, as --temperature 0."
    }.In(HelpGroup.Options);

    readonly Option<int?> completions = NumberOption.OptionalWhole("--completions", 1, "Machines that learned text: the most probable ends "
        + "of --prefix, so many, by beam search.", MostCompletions).In(HelpGroup.Options);

    readonly Option<string?> midi = new Option<string?>("--midi")
    {
        Description = "Machines that learned piano rolls: MIDI file of what was generated.",
        HelpName = "FILE"
    }.In(HelpGroup.Output);

    readonly ModelInput model;
    readonly Option<int> sweeps;
    readonly Option<double> temperature;
    readonly Option<int?> count;
    readonly Option<string?> picture, animation;
    readonly Option<ImageShape?> image;
    readonly RowsOutput output;
    readonly SequenceOptionGuard guard;

    public SequenceSample(ModelInput model, Option<int?> count, Option<int> sweeps, Option<double> temperature, Option<string?> picture,
        Option<string?> animation, Option<ImageShape?> image, RowsOutput output)
    {
        (this.model, this.count, this.sweeps, this.temperature, this.output) = (model, count, sweeps, temperature, output);
        (this.picture, this.animation, this.image) = (picture, animation, image);
        guard = new(Options, ["--count", "--sweeps", "--temperature", "--out", "--picture", "--animation", "--image"]);
    }

    public IReadOnlyList<Option> Options => [steps, prefix, greedy, completions, midi];

    /// <summary>Generates, if the model is a machine with memory; null if it is not.</summary>
    public int? Run(ParseResult parsed, Session session)
    {
        if (!guard.IsOf(parsed, model))
            return parsed.GetValue(temperature) > 0 ? null
                : throw new BadInputException("--temperature must be a number above 0, not '0'; 0 is for machines with memory");
        string path = parsed.GetValue(model.Argument)!;
        string? roll = parsed.GetValue(midi), drawn = parsed.GetValue(picture), film = parsed.GetValue(animation);
        output.Check(parsed);
        if (roll is not null) RowsFile.Check("--midi", roll, ".mid", ".midi");
        if (drawn is not null) RowsFile.Check("--picture", drawn, ".png", ".svg");
        if (film is not null) RowsFile.Check("--animation", film, ".png", ".apng");
        TrainedSequences trained = session.Track($"reading {path}", () => TrainedSequences.Load(path, session.Placement));
        SequenceModel machine = trained.Model;
        if (roll is not null && machine.LowestPitch is null)
            throw new BadInputException($"--midi is for machines that learned piano rolls, and {path} did not");
        if (machine.Hidden is null && parsed.IsGiven(sweeps))
            throw new BadInputException("--sweeps is for machines with hidden units; this one draws each step at once");
        if (parsed.IsGiven(image) && film is null && drawn is null)
            throw new BadInputException("--image is for --animation and --picture of steps that are pictures");
        ImageShape? frame = film is null && drawn is null ? null
            : ImageShape.Find(parsed.GetValue(image), machine.Visible.Units, SequencePrefix.ImageOf(trained, session));
        if (film is not null && frame is null)
            throw new BadInputException("--animation shows steps that are pictures; expected --image WIDTHxHEIGHT");
        bool isGreedy = parsed.GetValue(greedy) || parsed.GetValue(temperature) == 0;
        if (parsed.GetValue(greedy) && parsed.IsGiven(temperature))
            throw new BadInputException("--greedy is a temperature of 0; --temperature does not go with it");
        if (parsed.GetValue(completions) is int ends) return Complete(parsed, session, trained, ends);
        SequencePrefix given = SequencePrefix.Of(parsed.GetValue(prefix), trained, session);
        if (machine.Symbols is IReadOnlyList<string> symbols) return WriteTexts(parsed, session, trained, symbols, given, isGreedy);

        int length = parsed.GetValue(steps) ?? DefaultSteps;
        var sampler = new SequenceSampler(machine, new Rng(session.Seed, 0x73616d70), parsed.GetValue(sweeps),
            parsed.GetValue(temperature));
        Matrix[] runs = [.. Enumerable.Range(0, parsed.GetValue(count) ?? 1).Select(_ => sampler.Continue(given.Memory(machine), length,
            isGreedy))];
        foreach (Matrix run in runs) trained.ToDataUnits(run);
        if (roll is not null) SequenceDrawings.WriteMidi(roll, given.InDataUnits, runs[0], machine.LowestPitch!.Value);
        if (drawn is not null) SequenceOutput.WritePicture(drawn, SequenceDrawings.Steps(trained, given.InDataUnits, runs[0], frame));
        if (film is not null) AtomicFile.WriteBytes(film, SequenceDrawings.Film(given.InDataUnits, runs[0], frame!, FrameMs));
        WriteRuns(parsed, session, trained, given, runs, (drawn, film, roll));
        return ExitCode.Done;
    }

    int Complete(ParseResult parsed, Session session, TrainedSequences trained, int ends)
    {
        string text = SequencePrefix.TextOf(parsed.GetValue(prefix) ?? "", trained, session);
        foreach (Option option in (Option[])[steps, greedy, midi, count, sweeps, temperature, picture, animation, output.Out])
            if (parsed.IsGiven(option)) throw new BadInputException($"--completions lists texts; {option.Name} does not go with it");
        IReadOnlyList<Continuation> found = Continuation.Of(trained.Model, text, ends);
        if (session.Json) session.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("model", trained.Description.Model);
            json.WriteString("prefix", text);
            json.WriteStartArray("completions");
            foreach (Continuation c in found)
            {
                json.WriteStartObject();
                json.WriteString("text", c.Text);
                json.WriteFiniteOrNull("log-probability", c.LogProbability);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
        else
        {
            var table = new TextTable("text", "log p");
            foreach (Continuation c in found) table.Add(c.Text, NumberText.Short(c.LogProbability));
            session.Print(session.Fit(table));
        }
        return ExitCode.Done;
    }

    int WriteTexts(ParseResult parsed, Session session, TrainedSequences trained, IReadOnlyList<string> symbols, SequencePrefix given,
        bool isGreedy)
    {
        foreach (Option option in (Option[])[picture, animation, image])
            if (parsed.IsGiven(option))
                throw new BadInputException($"{option.Name} is for sequences of numbers; {trained.Path} learned text");
        if (parsed.IsGiven(output.Out)) throw new BadInputException("--out is for sequences of numbers; texts go to standard output");
        int most = parsed.GetValue(steps) ?? DefaultSteps;
        var sampler = new SequenceSampler(trained.Model, new Rng(session.Seed, 0x73616d70), parsed.GetValue(sweeps),
            parsed.GetValue(temperature));
        string[] texts = [.. Enumerable.Range(0, parsed.GetValue(count) ?? 1).Select(_ =>
        {
            MemoryState memory = given.Memory(trained.Model);
            var text = new System.Text.StringBuilder(given.Text);
            for (int t = 0; t < most; t++)
            {
                Matrix next = sampler.Continue(memory, 1, isGreedy);
                string symbol = symbols[Array.IndexOf(next.ReadRow(0), 1.0)];
                if (symbol.Length == 0) break;
                text.Append(symbol);
            }
            return text.ToString();
        })];
        if (!session.Json)
        {
            session.Print(string.Concat(texts.Select(text => text + "\n")));
            return ExitCode.Done;
        }
        WriteSamples(session, trained, given, texts, (json, text) => json.WriteString("text", text));
        return ExitCode.Done;
    }

    static void WriteSamples<T>(Session session, TrainedSequences trained, SequencePrefix given, IEnumerable<T> samples,
        Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter>? more = null) => session.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("model", trained.Description.Model);
        json.WriteStartArray("samples");
        foreach (T sample in samples)
        {
            json.WriteStartObject();
            json.WriteNumber("prefix-steps", given.Steps);
            write(json, sample);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        more?.Invoke(json);
        json.WriteEndObject();
    });

    void WriteRuns(ParseResult parsed, Session session, TrainedSequences trained, SequencePrefix given, Matrix[] runs,
        (string? Picture, string? Film, string? Midi) files)
    {
        string? path = parsed.GetValue(output.Out);
        if (path is not null && runs.Length > 1 && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException("--out FILE.npy holds one sequence; expected --count 1, or a .csv file");
        IReadOnlyList<string> columns = runs.Length > 1 ? ["sequence", .. trained.ColumnNames] : trained.ColumnNames;
        IEnumerable<IReadOnlyList<string>> Rows() => runs.Index().SelectMany(run => Enumerable.Range(0, run.Item.Rows).Select(t =>
            (IReadOnlyList<string>)[.. runs.Length > 1 ? [$"{run.Index + 1}"] : (string[])[], .. run.Item.ReadRow(t).Select(Number)]));
        if (path is not null && Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
            RowsFile.Write(path, runs[0].Rows, columns, session.Placement.Precision, runs);
        else if (path is not null)
        {
            using var text = new StringWriter { NewLine = "\n" };
            RowsFile.WriteFields(text, columns, Rows());
            AtomicFile.WriteText(path, text.ToString());
        }
        if (session.Json) WriteSamples(session, trained, given, runs, WriteSteps, json =>
        {
            if (path is not null) json.WriteString("path", path);
            if (files.Picture is not null) json.WriteString("picture", files.Picture);
            if (files.Film is not null) json.WriteString("animation", files.Film);
            if (files.Midi is not null) json.WriteString("midi", files.Midi);
        });
        else if (path is null && files is (null, null, null)) RowsFile.WriteFields(session.Output, columns, Rows());
        if (path is not null && !session.Json) session.Say($"{runs.Sum(r => r.Rows):N0} steps × {runs[0].Columns} written to {path}");
        foreach (var (what, file) in (IEnumerable<(string, string?)>)[("picture", files.Picture), ("animation", files.Film), ("music",
            files.Midi)])
            if (file is not null && !session.Json) session.Say($"{what} written to {file}");
    }

    static void WriteSteps(Utf8JsonWriter json, Matrix run)
    {
        json.WriteStartArray("rows");
        for (int t = 0; t < run.Rows; t++)
        {
            json.WriteStartArray();
            foreach (double x in run.ReadRow(t)) json.WriteNumberValue((float)x);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    static string Number(double x) => ((float)x).ToString("R", CultureInfo.InvariantCulture);
}
