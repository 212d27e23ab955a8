namespace Boltzmann.Data;

/// <summary>The data sets that can be asked for by name.</summary>
public static class NamedSets
{
    const string Uci = "https://archive.ics.uci.edu/ml/machine-learning-databases/";
    const string Toronto = "http://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/";

    static readonly string[] MnistMirrors = ["https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/"];

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<NamedSet> All { get; } =
    [
        new("digits", "handwritten-style digits, generated from a seed; needs no network", new(28, 28), 784, (DataSplit.Train, 10_000),
            (DataSplit.Validation, 2_000), (DataSplit.Test, 2_000))
        {
            Read = (_, options) => Digits.Generate(options.Count ?? (options.Split == DataSplit.Train ? 10_000 : 2_000), options.Seed,
                stream: options.Split switch { DataSplit.Train => 0u, DataSplit.Test => 1u, _ => 2u }),
        },
        new("bars-and-stripes", "every picture of uniform lines or uniform columns, 4 × 4 unless stated; small enough to enumerate",
            new(4, 4), 16, (DataSplit.Train, 30))
        {
            Read = (_, options) => BarsAndStripes.All(options.Size),
        },
        new("demo", "2000 rows of 10 bits, half with probability 0.75 and half with 0.25", null, 10, (DataSplit.Train, 2000))
        {
            Read = (_, options) => DemoSet.Create(options.Seed),
        },
        new("mnist", "handwritten digits (LeCun, Cortes and Burges 1998; CC BY-SA 3.0)", new(28, 28), 784, (DataSplit.Train, 60_000),
            (DataSplit.Test, 10_000))
        {
            Files =
            [
                new("train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                    At("train-images-idx3-ubyte.gz", MnistMirrors)),
                new("train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                    At("train-labels-idx1-ubyte.gz", MnistMirrors)),
                new("t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                    At("t10k-images-idx3-ubyte.gz", MnistMirrors)),
                new("t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                    At("t10k-labels-idx1-ubyte.gz", MnistMirrors)),
            ],
            Read = (set, options) => Pictures(set, options, options.Split == DataSplit.Train ? "train" : "t10k"),
        },
        new("binarized-mnist", "MNIST binarised once by chance, the fixed split of Larochelle after Salakhutdinov and Murray (2008)",
            new(28, 28), 784, (DataSplit.Train, 50_000), (DataSplit.Validation, 10_000), (DataSplit.Test, 10_000))
        {
            Files =
            [
                new("binarized_mnist_train.amat", 78_400_000, "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d",
                    At("binarized_mnist_train.amat", Toronto)),
                new("binarized_mnist_valid.amat", 15_680_000, "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2",
                    At("binarized_mnist_valid.amat", Toronto)),
                new("binarized_mnist_test.amat", 15_680_000, "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c",
                    At("binarized_mnist_test.amat", Toronto)),
            ],
            Read = (set, options) => AmatReader.Read(set.Locate($"binarized_mnist_{AmatPart(options.Split)}.amat", options)),
        },
        new("optdigits", "handwritten digits as 8 × 8 counts of 0 to 16, here 0 to 1 (Alpaydin and Kaynak 1998, UCI)", new(8, 8), 64,
            (DataSplit.Train, 3823), (DataSplit.Test, 1797))
        {
            Files =
            [
                new("optdigits.tra", 563_639, "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd",
                    At("optdigits.tra", Uci + "optdigits/")),
                new("optdigits.tes", 264_712, "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8",
                    At("optdigits.tes", Uci + "optdigits/")),
            ],
            Read = ReadOptdigits,
        },
        new("olivetti-faces", "400 faces of 40 people (AT&T Laboratories Cambridge 1994)", new(64, 64), 4096, (DataSplit.Train, 400))
        {
            Files =
            [
                new("olivetti-images-idx3-ubyte.gz", 1_414_894, "77253e10264fbd7f0f287a1e9652db661295d3e04b3d4d319efe8c143ea64ee3", []),
                new("olivetti-labels-idx1-ubyte.gz", 89, "b2d3175a83225281f47922dd3d22daa3b292fb624f7b2ac36441508c6f9efb1a", []),
            ],
            Read = (set, options) => Pictures(set, options, "olivetti"),
        },
        new("caltech101-silhouettes", "silhouettes of objects in 101 classes, not split; 0 is the object (Marlin et al. 2010)", new(28, 28),
            784, (DataSplit.Train, 8671))
        {
            Files =
            [
                new("silhouettes-images-idx3-ubyte.gz", 308_843, "7f3cd7f3be3d3abb8fe75b837b43a8b00d28e7fddeded1cd1a6dba8c6f5c917e", []),
                new("silhouettes-labels-idx1-ubyte.gz", 274, "4450ddaba9b1ba350c3346850ae5ea3a2019d06708779473bf25c3d18b1d63e2", []),
                new("classnames.txt", 897, "25e981da76667e808e3d4e74d177864ec18797e7cf7b5f74eb0aa8053db95ec8", []),
            ],
            Read = ReadSilhouettes,
        },
        new("mushrooms", "8124 mushrooms by 22 properties as one-hot bits, edible or poisonous (Schlimmer 1987, UCI)", null, 117,
            (DataSplit.Train, 8124))
        {
            Folder = "uci-small",
            Files = [new("agaricus-lepiota.data", 373_704, "e65d082030501a3ebcbcd7c9f7c71aa9d28fdfff463bf4cf4716a3fe13ac360e",
                At("agaricus-lepiota.data", Uci + "mushroom/"))],
            Read = (set, options) => Mushrooms.Read(set.Locate("agaricus-lepiota.data", options)),
        },
        Small("iris", "150 flowers of 3 kinds by 4 lengths (Fisher 1936, UCI)", 4, 150,
            new("iris.csv", 4_549, "f5d0c11e5c78a69a20dbb80baf2b24703f59a6687595752abb397d23732647c5", [])),
        Small("wine", "178 wines of 3 growers by 13 measurements (Forina et al., UCI)", 13, 178,
            new("wine.csv", 10_782, "e9c16b779f9194945067f65118da6afb317ef60c6515879c50124dc4f6cdd756", [])),
        Small("sonar", "208 echoes of metal or rock by 60 energies of 0 to 1 (Gorman and Sejnowski, UCI)", 60, 208,
            new("sonar.csv", 87_775, "3079c09b5d2789a0f96aff82c28e5164fafe2495c5f8da96c6c256c1bd25763f", [])),
        Table("mushroom-table", "mushrooms as a table of letters, the class (e, p) first", 23, 8124, "uci-small",
            new("agaricus-lepiota.data", 373_704, "e65d082030501a3ebcbcd7c9f7c71aa9d28fdfff463bf4cf4716a3fe13ac360e",
                At("agaricus-lepiota.data", Uci + "mushroom/"))),
        Table("california-housing", "20,640 districts of 1990 by place, houses and people, words and gaps among them (Pace and Barry 1997)",
            10, 20_640, "tabular",
            new("california-housing.csv", 1_423_529, "8a3727f4cf54ac1a327f69b1d5b4db54c5834ea81c6e4efc0d163300022a685e", [])),
        Table("concrete", "strength of 1030 concretes by ingredients and age (Yeh 1998, UCI)", 9, 1030, "tabular",
            new("concrete.csv", 48_653, "d7d8bd087f832935e902bcb2687667238cac3fe06799677a93ca2f46dce8db02", [])),
        Table("energy-efficiency", "heating and cooling loads of 768 building shapes (Tsanas and Xifara 2012, UCI)", 10, 768, "tabular",
            new("energy-efficiency.csv", 36_287, "4d9d60b3b42960e3871e176a6af7a7f85ba3819b2cd70cee37b5c83874e920d3", [])),
        Table("thyroid", "3772 people by 6 measurements, 93 of them ill (outlier = 1; ADBench)", 7, 3772, "tabular",
            new("thyroid-outliers.csv", 351_547, "5f4926e143987c77aa116607733a2d94831f626337fdb684044ce6edfa8bf729", [])),
        Table("cardio", "1831 cardiotocograms by 21 measurements, 176 of them odd (outlier = 1; ADBench)", 22, 1831, "tabular",
            new("cardio-outliers.csv", 770_017, "a327988aeee23f809007d193f6ec6e4f0e76bb18302e79567fdd91a43d5bffc4", [])),
        Table("breast-cancer", "569 tumours by 30 measurements, benign or malignant (Wolberg et al. 1995, UCI)", 31, 569, "medical",
            new("wdbc.csv", 120_354, "e625156c38943b03f749477157b8c1e3aa0e564c4b4705abeadfdc4ace9e2acf", [])),
        .. NamedSequences.All,
    ];

    /// <summary>The set of a name, or null.</summary>
    public static NamedSet? Find(string name) => All.FirstOrDefault(set => set.Name == name);

    /// <summary>Opens a part of a set.</summary>
    /// <exception cref="BadInputException">There is no such set or part, a file of it is missing or damaged, or has another number of rows
    /// than published.</exception>
    public static Dataset Load(string name, DataOptions? options = null)
    {
        options ??= new();
        if (Find(name) is { Table: not null }) return DataSource.Open(name, options);
        NamedSet set = Find(name) ?? throw new BadInputException($"{Quoted.Text(name)} is not a data set: expected one of "
            + string.Join(", ", All.Select(one => one.Name)) + DidYouMean.Question(name, All.Select(one => one.Name)));
        bool isOwn = set.Parts.ContainsKey(options.Split), keepsRest = !set.Parts.ContainsKey(DataSplit.Validation);
        if (!isOwn && !(options.Split == DataSplit.Validation && options.ValidationRows > 0))
            throw new BadInputException($"{name} has no {Word(options.Split)} part: expected "
                + string.Join(" or ", set.Parts.Keys.Select(Word))
                + (options.Split == DataSplit.Validation ? ", or a number of training rows to keep for validation" : ""));
        DataSplit read = isOwn ? options.Split : DataSplit.Train;
        Dataset whole = set.Read(set, options with { Split = read });
        if (!set.IsGenerated && (whole.Count, whole.Columns) != (set.Parts[read], set.Columns))
            throw new BadInputException($"{name}: its {Word(read)} part is {whole.Count} × {whole.Columns}, expected {set.Parts[read]} × "
                + $"{set.Columns}");
        string title = options.Split == DataSplit.Train ? name : $"{name}-{Word(options.Split)}";
        // A model keeps to the step that a set's bytes have, whatever step its training's had.
        if (whole.Rows.ByteStep is double step) whole = whole.With(whole.Rows.WithFoundStep(step));
        return (keepsRest ? HoldBack(whole, options) : whole).Named(title);
    }

    /// <summary>Fetches the files of a set that are not there yet, and checks those that are.</summary>
    /// <param name="name">The set.</param>
    /// <param name="downloader">Fetches one file.</param>
    /// <param name="folder">The root; null for the user's cache.</param>
    /// <param name="progress">Told of bytes as they come.</param>
    /// <param name="cancellation">Stops; what has come so far is kept, and the next call goes on from there.</param>
    /// <returns>The folder with the files.</returns>
    /// <exception cref="BadInputException">There is no such set, no place to fetch it from, or none that answers with the right
    /// file.</exception>
    public static async Task<string> FetchAsync(string name, Downloader downloader, string? folder = null,
        IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        NamedSet set = Find(name) ?? throw new BadInputException($"{Quoted.Text(name)} is not a data set: expected one of "
            + string.Join(", ", All.Select(one => one.Name)) + DidYouMean.Question(name, All.Select(one => one.Name)));
        string target = Path.Combine(folder ?? DataFolders.Cache, set.Folder);
        foreach (DataFile file in set.Files)
        {
            if (file.Mirrors.Count == 0 && !await Downloader.IsThereAsync(file, Path.Combine(target, file.Name),
                cancellation).ConfigureAwait(false))
                throw new BadInputException($"{name}: no place to fetch {file.Name} from is known: expected it, put there by hand, at "
                    + $"{Path.Combine(target, file.Name)} ({file.Bytes} bytes, sha256 {file.Sha256})");
            await downloader.FetchAsync(file, Path.Combine(target, file.Name), progress, cancellation).ConfigureAwait(false);
        }
        return target;
    }

    static string AmatPart(DataSplit part) => part switch { DataSplit.Train => "train", DataSplit.Validation => "valid", _ => "test" };

    /// <summary>Training data without the rows kept for validation, or those rows.</summary>
    internal static Dataset HoldBack(Dataset whole, DataOptions options)
    {
        if (options.ValidationRows == 0 || options.Split == DataSplit.Test) return whole;
        if (options.ValidationRows < 0 || options.ValidationRows >= whole.Count)
            throw new BadInputException($"{whole.Name} has {whole.Count} rows: {options.ValidationRows} cannot be kept for validation");
        int rest = whole.Count - options.ValidationRows;
        return options.Split == DataSplit.Train ? whole.Take(rest) : whole.Take(options.ValidationRows, first: rest);
    }

    static Uri[] At(string file, params string[] folders) => [.. folders.Select(folder => new Uri(folder + file))];

    static NamedSet Small(string name, string description, int columns, int rows, DataFile file) =>
        new(name, description, null, columns, (DataSplit.Train, rows))
        {
            Folder = "uci-small",
            Files = [file],
            Read = (set, options) => CsvDataset.Read(set.Locate(file.Name, options), new() { HasHeader = false, LabelColumn = "-1" }),
        };

    static NamedSet Table(string name, string description, int columns, int rows, string folder, DataFile file) =>
        new(name, description, null, columns, (DataSplit.Train, rows)) { Folder = folder, Files = [file], Table = file.Name };

    static Dataset Pictures(NamedSet set, DataOptions options, string start) =>
        DataSource.WithLabels(IdxReader.Read(set.Locate($"{start}-images-idx3-ubyte.gz", options)),
            set.Locate($"{start}-labels-idx1-ubyte.gz", options));

    static Dataset ReadOptdigits(NamedSet set, DataOptions options)
    {
        Dataset counts = CsvDataset.Read(set.Locate(options.Split == DataSplit.Train ? "optdigits.tra" : "optdigits.tes", options),
            new() { HasHeader = false, LabelColumn = "-1" });
        var bytes = new byte[counts.Count * counts.Columns];
        for (int r = 0; r < counts.Count; r++) ((ByteRows)counts.Rows)[r].CopyTo(bytes.AsSpan(r * counts.Columns));
        return new(set.Name, new ByteRows(bytes, counts.Columns, scale: 1.0 / 16))
        {
            Labels = counts.Labels,
            LabelNames = counts.LabelNames,
            Image = new(8, 8)
        };
    }

    // Classes are numbered from 1 in the file, and named in another.
    static Dataset ReadSilhouettes(NamedSet set, DataOptions options)
    {
        string labelsPath = set.Locate("silhouettes-labels-idx1-ubyte.gz", options), namesPath = set.Locate("classnames.txt", options);
        Dataset pictures = IdxReader.Read(set.Locate("silhouettes-images-idx3-ubyte.gz", options));
        string[] names = [.. File.ReadLines(namesPath).Where(line => line.Length > 0)];
        int[] labels = Array.ConvertAll(IdxReader.ReadLabels(labelsPath), label => label - 1);
        if (labels.Length != pictures.Count)
            throw new BadInputException($"{labelsPath}: has {labels.Length} labels for {pictures.Count} rows");
        if (Array.Exists(labels, label => label < 0 || label >= names.Length))
            throw new BadInputException($"{labelsPath}: expected labels from 1 to {names.Length}, the lines of {namesPath}");
        return new(set.Name, pictures.Rows) { Labels = labels, LabelNames = names, Image = pictures.Image };
    }

    static string Word(DataSplit split) => split switch { DataSplit.Train => "train", DataSplit.Validation => "validation", _ => "test" };
}
