namespace Boltzmann.Data;

/// <summary>The sets of sequences that can be asked for by name. As rows they are their steps.</summary>
static class NamedSequences
{
    const int Videos = 4000, VideosForEachOfTheTest = 20;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NamedSet> All { get; } =
    [
        new("science", "the word SCIENCE as 35 columns of 7 pixels, a sequence to memorise (Osogami and Otsuka 2015)", null, 7,
            (DataSplit.Train, 35))
        {
            IsWhole = true,
            ReadSequences = (_, _) => new(ScienceBitmap.Create()),
            Read = Rows,
        },
        new("noisy-sine", "600 steps of a sine of period 80 with noise of 0.1, generated from a seed (Dasgupta and Osogami 2017)", null, 1,
            (DataSplit.Train, 600))
        {
            ReadSequences = (_, options) => new(NoisySine.Create(options.Seed)),
            Read = Rows,
        },
        new("bouncing-balls", "4000 and 200 videos of three balls in a box, 100 frames each, generated from a seed (Sutskever and Hinton "
            + "2007)", new(BouncingBalls.Side, BouncingBalls.Side), BouncingBalls.Side * BouncingBalls.Side,
            (DataSplit.Train, Videos * BouncingBalls.Frames), (DataSplit.Test, Videos / VideosForEachOfTheTest * BouncingBalls.Frames))
        {
            Use = SequenceUse.Videos,
            ReadSequences = (_, options) => new(Balls(options.Videos ?? Videos, options.Seed, isTest: false),
                Test: Balls(options.Videos ?? Videos, options.Seed, isTest: true)),
            Read = (_, options) => Balls(Videos, options.Seed, options.Split == DataSplit.Test).Steps,
        },
        Music("jsb-chorales", "382 chorales by Bach as piano rolls of quarter notes", (13_807, 4602, 4725), "polyphonic-music",
            new("jsb-chorales.json.gz", 41_927, "2042db0bbd37ecb616b0f2d635bca719a416835c5b25db17a90381f3baa866da", [])),
        Music("nottingham", "1037 folk tunes as piano rolls", (176_561, 45_513, 44_463), "polyphonic-music",
            new("nottingham.json.gz", 137_362, "039e8ae830d71c103f3408c901939799ca2cc9b1f2c2d5d9750a0cd83a1f1cbd", [])),
        Music("piano-midi-de", "124 pieces for piano as piano rolls", (75_911, 8540, 19_036), "polyphonic-music",
            new("piano-midi-de.json.gz", 132_923, "298f5e2e656eebdefb9cbfcb3fb5b4f6a94f444b91211a7e2f0690ad8e7822ef", [])),
        Music("musedata", "783 classical pieces as piano rolls", (245_202, 82_755, 64_339), "series",
            new("musedata.json.gz", 626_659, "958cc1007a0222872132fd2138ea2969fbfe2cef3a1a42718e606c9d96bfac7a", [])),
        Table("sunspots", "monthly sunspot numbers of Zurich, 1749 to 1983, one sequence (Andrews and Herzberg 1985)", 1, (1889, 931),
            "series", "month", new("sunspots-monthly.csv", 35_532, "7d6ef72e0e41f57f00676ac9ce58cccb98117f5643f69a866bb3b64977f94854", [])),
        Table("gasoline", "weekly prices of gasoline in 8 regions of the US from 1993 on, one sequence (EIA)", 8, (819, 404), "series",
            "week", new("gasoline-weekly.csv", 78_327, "92a0fd4c6e3d7ddfde697f3a66f09924aaad13fd00668e76e91cd05d8804dac9", [])),
        new("mit-mocap", "39 stretches of walking by 49 joint angles (Hsu, Pulli and Popović 2005)", null, 49, (DataSplit.Train, 3500),
            (DataSplit.Test, 326))
        {
            Folder = "series",
            Files =
            [
                new("mit-mocap-train.npz", 642_713, "a512325b7c789f881bb7085f87bfe4669d1d25aae7394d303d1ff2f2819fed0a", []),
                new("mit-mocap-test.npz", 60_103, "839f7e4a561436ae8dea79bb426d27d8f9b32b3cd1cd0d75c796e12178e67d7e", []),
            ],
            ReadSequences = (set, options) => new(Archive(set, "mit-mocap-train.npz", options),
                Test: Archive(set, "mit-mocap-test.npz", options)),
            Read = Rows,
        },
        Table("eeg-eye-state", "117 seconds of 14 electrodes at 128 Hz, one sequence with four outliers (Roesler 2013, UCI)", 14,
            (9986, 4994), "eeg-eye-state", "eyeDetection",
            new("eeg-eye-state.csv.gz", 413_211, "202b3dc30187a956ad1d4513a6b64443bd9e4cee85e6e29ac71be2a02dbcfe79", [])),
        new("ecg-208", "five minutes of heart beats in millivolts at 360 Hz, record 208 of MIT-BIH (Moody and Mark 2001)", null, 1,
            (DataSplit.Train, 21_600), (DataSplit.Test, 86_400))
        {
            Folder = "series",
            Files = [new("ecg-208.npz", 119_035, "f20ad3365fb9b7f845d0e5c48b6fe67081377ee466c3a220b7f69f35c8958baf", [])],
            ReadSequences = (set, options) => ByTime(set, Millivolts(Archive(set, "ecg-208.npz", options)), options),
            Read = Rows,
        },
        new("words", "10,000 English words letter by letter, weighted by their counts in subtitles (Dave 2018; every tenth for the test)",
            null, 27, (DataSplit.Train, 58_601), (DataSplit.Validation, 7447), (DataSplit.Test, 7294))
        {
            Use = SequenceUse.Text,
            Files = [new("en-10k-counts.txt", 127_733, "2ad63a9df089e65fd7fc20a6d5ef64a3239f32da4d85ec0e5f60f89a63c8c712", [])],
            ReadSequences = ReadWords,
            Read = Rows,
        },
    ];

    /// <summary>The steps of one part, which is how sequences are read as rows.</summary>
    static Dataset Rows(NamedSet set, DataOptions options)
    {
        SequenceParts parts = set.ReadSequences!(set, new() { Folder = options.Folder, Seed = options.Seed, WarmUp = 0 });
        return (options.Split switch
        {
            DataSplit.Train => parts.Training,
            DataSplit.Validation => parts.Validation,
            _ => parts.Test,
        })!.Steps;
    }

    static Sequences Balls(int videos, ulong seed, bool isTest) => isTest
        ? BouncingBalls.Generate(Math.Max(1, videos / VideosForEachOfTheTest), seed, stream: 1)
        : BouncingBalls.Generate(videos, seed);

    static NamedSet Music(string name, string description, (int Train, int Validation, int Test) steps, string folder, DataFile file) =>
        new(name, $"{description} (Boulanger-Lewandowski, Bengio and Vincent 2012)", null, 88, (DataSplit.Train, steps.Train),
            (DataSplit.Validation, steps.Validation), (DataSplit.Test, steps.Test))
        {
            Use = SequenceUse.Rolls,
            Folder = folder,
            Files = [file],
            ReadSequences = (set, options) => Open(set, file.Name, options, input => PianoRollReader.Read(input, options)),
            Read = Rows,
        };

    static NamedSet Table(string name, string description, int columns, (int Train, int Test) steps, string folder, string skipped,
        DataFile file) =>
        new(name, description, null, columns, (DataSplit.Train, steps.Train), (DataSplit.Test, steps.Test))
        {
            Use = SequenceUse.Table,
            Folder = folder,
            Files = [file],
            ReadSequences = (set, options) => ByTime(set, Columns(set, file.Name, skipped, options), options),
            Read = Rows,
        };

    static Sequences Columns(NamedSet set, string file, string skipped, SequenceOptions options)
    {
        if (options.SequenceColumn is not null)
            throw new BadInputException($"{set.Name}: is one sequence, and --sequence-column is for tables of several");
        using ITableReader table = TextTable.Open(InputBytes.Open(set.LocateIn(options.Folder, file)), options.Csv);
        return SequenceTable.Read(table, options with { SkipColumns = [.. options.SkipColumns, skipped] });
    }

    static SequenceParts ByTime(NamedSet set, Sequences whole, SequenceOptions options)
    {
        int training = set.Parts[DataSplit.Train], test = set.Parts[DataSplit.Test];
        return whole.Steps.Count >= training + test ? SequenceSplit.ByTime(whole, training, test, options)
            : throw new BadInputException($"{set.Name}: has {whole.Steps.Count} steps: expected {training + test}");
    }

    static T Open<T>(NamedSet set, string file, SequenceOptions options, Func<InputBytes, T> read)
    {
        using InputBytes input = InputBytes.Open(set.LocateIn(options.Folder, file));
        return read(input);
    }

    static Sequences Archive(NamedSet set, string file, SequenceOptions options) =>
        Open(set, file, options, input => SequenceArchive.Read(input.Source, input.Name));

    // The converter gives 1024 at 0 and 200 steps a millivolt.
    static Sequences Millivolts(Sequences counts)
    {
        var values = new double[counts.Steps.Count];
        for (int t = 0; t < values.Length; t++)
        {
            counts.Steps.Rows.Read(t, values.AsSpan(t, 1));
            values[t] = (values[t] - 1024) / 200;
        }
        return counts.With(new Dataset(counts.Name, new NumberRows(values, 1)) { ColumnNames = ["MLII"] });
    }

    // By rank: every tenth word is for the test, those behind them to choose by.
    static SequenceParts ReadWords(NamedSet set, SequenceOptions options)
    {
        Sequences all = Open(set, set.Files[0].Name, options, input => SequenceTextReader.Read(input, options with
        {
            Alphabet = options.Alphabet ?? "a-z",
            HasCounts = options.HasCounts ?? true,
        }));
        return new(Ranks(rank => rank % 10 > 1), Ranks(rank => rank % 10 == 1), Ranks(rank => rank % 10 == 0));

        Sequences Ranks(Func<int, bool> isIn) => all.Select([.. Enumerable.Range(0, all.Count).Where(i => isIn(i + 1))]);
    }
}
