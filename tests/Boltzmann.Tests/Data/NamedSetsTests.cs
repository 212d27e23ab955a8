namespace Boltzmann.Tests.Data;

public sealed class NamedSetsTests : IDisposable
{
    static readonly string? Real = Environment.GetEnvironmentVariable(DataFolders.Variable);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static Dataset Load(string name, DataSplit split = DataSplit.Train, int validationRows = 0)
    {
        Assert.SkipUnless(Real is not null && Directory.Exists(Path.Combine(Real, NamedSets.Find(name)!.Folder)),
            $"{DataFolders.Variable} names no folder with {name}");
        return NamedSets.Load(name, new() { Split = split, ValidationRows = validationRows });
    }

    static double Mean(Dataset data) => data.Means().Average();

    static int[] Histogram(Dataset data) => [.. Enumerable.Range(0, data.Classes).Select(k => data.Labels!.Count(label => label == k))];

    [Fact]
    public void Generated_sets_have_the_shape_they_are_listed_with()
    {
        foreach (NamedSet set in NamedSets.All.Where(set => set.IsGenerated))
            foreach (var (split, rows) in set.Parts)
            {
                Dataset data = NamedSets.Load(set.Name, new() { Split = split });
                Assert.Equal((rows, set.Columns, set.Image), (data.Count, data.Columns, data.Image));
            }
        Assert.Equal(NamedSets.All.Count, NamedSets.All.Select(set => set.Name).Distinct().Count());
        Assert.Equal("digits", NamedSets.All[0].Name);
    }

    [Fact]
    public void Digits_to_train_validate_and_test_are_different_ones()
    {
        string[][] parts = [.. Enum.GetValues<DataSplit>().Select(split =>
        {
            Dataset data = NamedSets.Load("digits", new() { Split = split, Count = 50 });
            return Enumerable.Range(0, data.Count).Select(r => Convert.ToHexString(((ByteRows)data.Rows)[r])).ToArray();
        })];
        Assert.Equal(150, parts.SelectMany(part => part).Distinct().Count());
    }

    [Fact]
    public void A_missing_set_names_the_places_and_the_command()
    {
        string message = ArrayFiles.Refusal(() => NamedSets.Find("mnist")!.Locate("absent-idx3-ubyte.gz", new() { Folder = folder.Path }));
        Assert.Contains(folder.Path, message);
        Assert.Contains(DataFolders.Cache, message);
        Assert.Contains("boltzmann data get mnist", message);
    }

    [Fact]
    public void An_absent_part_or_name_says_which_there_are()
    {
        Assert.Contains("mnist has no validation part: expected train or test, or a number of training rows",
            ArrayFiles.Refusal(() => NamedSets.Load("mnist", new() { Split = DataSplit.Validation })));
        Assert.Contains("demo has no test part: expected train",
            ArrayFiles.Refusal(() => NamedSets.Load("demo", new() { Split = DataSplit.Test })));
        Assert.Contains("expected one of digits", ArrayFiles.Refusal(() => NamedSets.Load("imagenet")));
    }

    [Fact]
    public void A_named_table_is_read_as_its_file_is()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "tabular"));
        folder.File(Path.Combine("tabular", "thyroid-outliers.csv"), "x1;x2;outlier\n0,5;7;0\n0,25;;1\n");
        var options = new DataOptions { Folder = folder.Path };
        using (ITableReader reader = DataSource.OpenTable("thyroid", options)!)
        {
            Assert.Equal(["x1", "x2", "outlier"], reader.Names);
            Assert.True(reader.Read() && reader.TryNumber(0, out double first) && first == 0.5);
        }
        Dataset data = DataSource.Open("thyroid", options with { Csv = new() { LabelColumn = "-1" }, Missing = MissingValues.Absent });
        Assert.Equal(("thyroid", 2, 2, 2), (data.Name, data.Count, data.Columns, data.Classes));
        Assert.Equal(';', DataSource.Dialect("thyroid", options)!.Delimiter);
        Assert.Contains("no test part", ArrayFiles.Refusal(() => NamedSets.Load("thyroid", options with { Split = DataSplit.Test })));
    }

    [Fact]
    public void Named_tables_have_the_rows_and_columns_they_are_listed_with()
    {
        foreach (NamedSet set in NamedSets.All.Where(set => set.IsTable))
        {
            Assert.SkipUnless(set.FindFolder() is not null, $"{DataFolders.Variable} names no folder with {set.Name}");
            using ITableReader reader = DataSource.OpenTable(set.Name)!;
            int rows = 0;
            while (reader.Read()) rows++;
            Assert.Equal((set.Parts[DataSplit.Train], set.Columns), (rows, reader.Columns));
        }
    }

    [Fact]
    public void A_stated_folder_comes_first_and_its_files_may_be_unpacked()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "olivetti-faces"));
        string Place(string name) => Path.Combine("olivetti-faces", name);
        folder.File(Place("olivetti-images-idx3-ubyte"), ArrayFiles.Idx(0x08, [400, 64, 64], new byte[400 * 4096]));
        folder.File(Place("olivetti-labels-idx1-ubyte"), ArrayFiles.Idx(0x08, [400], new byte[400]));
        Dataset data = NamedSets.Load("olivetti-faces", new() { Folder = folder.Path });
        Assert.Equal((400, 0.0), (data.Count, Mean(data)));
        Assert.Equal(Path.Combine(folder.Path, "olivetti-faces"), NamedSets.Find("olivetti-faces")!.FindFolder(folder.Path));
        Assert.Null(NamedSets.Find("digits")!.FindFolder(folder.Path));
        folder.File(Place("olivetti-images-idx3-ubyte"), ArrayFiles.Idx(0x08, [1, 64, 64], new byte[4096]));
        folder.File(Place("olivetti-labels-idx1-ubyte"), ArrayFiles.Idx(0x08, [1], new byte[1]));
        Assert.Contains("1 × 4096, expected 400 × 4096",
            ArrayFiles.Refusal(() => NamedSets.Load("olivetti-faces", new() { Folder = folder.Path })));
    }

    [Fact]
    public void Mushrooms_of_another_form_are_refused()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "uci-small"));
        string Line(char first) => string.Join(',', Enumerable.Repeat(first, 23));
        folder.File(Path.Combine("uci-small", "agaricus-lepiota.data"), $"{Line('e')}\n{Line('p')}x\n");
        Assert.Contains("line 2: expected 23 letters",
            ArrayFiles.Refusal(() => NamedSets.Load("mushrooms", new() { Folder = folder.Path })));
    }

    [Fact]
    public async Task A_set_without_mirrors_says_what_to_put_where()
    {
        using var downloader = new Downloader();
        var e = await Assert.ThrowsAsync<BadInputException>(() => NamedSets.FetchAsync("iris", downloader, folder.Path));
        Assert.Contains("f5d0c11e", e.Message);
        Assert.Contains(Path.Combine(folder.Path, "uci-small", "iris.csv"), e.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(Path.Combine(folder.Path, "digits"), await NamedSets.FetchAsync("digits", downloader, folder.Path));
    }

    [Fact]
    public void Real_MNIST_has_its_published_counts_and_mean()
    {
        Dataset train = Load("mnist"), test = Load("mnist", DataSplit.Test);
        Assert.Equal((60_000, 10_000, new ImageShape(28, 28)), (train.Count, test.Count, train.Image));
        Assert.Equal(0.13066, Mean(train), 5);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Histogram(train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Histogram(test));
        Dataset rest = Load("mnist", validationRows: 10_000), kept = Load("mnist", DataSplit.Validation, 10_000);
        Assert.Equal((50_000, 10_000), (rest.Count, kept.Count));
        Assert.Equal(train.Labels!, rest.Labels!.Concat(kept.Labels!));
    }

    [Fact]
    public void Real_binarised_MNIST_has_its_published_counts_and_means()
    {
        // The part to train is the same text five times as long, which takes seconds without optimisation.
        (DataSplit Split, double Mean)[] parts = [(DataSplit.Validation, 0.13113), (DataSplit.Test, 0.13251)];
        foreach (var (split, mean) in parts)
        {
            Dataset data = Load("binarized-mnist", split);
            Assert.Equal((10_000, 784), (data.Count, data.Columns));
            Assert.Equal(mean, Mean(data), 5);
            Assert.Equal([0.0, 1.0], new[] { data.Minimum().Min(), data.Maximum().Max() });
        }
    }

    [Fact]
    public void Other_real_sets_are_as_their_pages_say()
    {
        Dataset digits = Load("optdigits"), faces = Load("olivetti-faces"), silhouettes = Load("caltech101-silhouettes");
        Assert.Equal((3823, 1797, 10), (digits.Count, Load("optdigits", DataSplit.Test).Count, digits.Classes));
        Assert.Equal(1, digits.Maximum().Max());
        Assert.Equal(132.38, 255 * Mean(faces), 2);
        Assert.Equal((40, 101), (faces.Classes, silhouettes.Classes));
        Assert.Equal(0.5439, Mean(silhouettes), 4);
        Assert.Equal(101, silhouettes.Labels!.Distinct().Count());
        Dataset iris = Load("iris");
        Assert.Equal([5.8433, 3.0540, 3.7587, 1.1987], iris.Means().Select(x => Math.Round(x, 4)));
        Assert.Equal(["Iris-setosa", "Iris-versicolor", "Iris-virginica"], iris.LabelNames!);
        Assert.Equal([59, 71, 48], Histogram(Load("wine")));
        Assert.Equal([111, 97], Histogram(Load("sonar")));
        Dataset mushrooms = Load("mushrooms");
        Assert.Equal([4208, 3916], Histogram(mushrooms));
        Assert.Equal(22, mushrooms.Means().Sum(), 10);
        Assert.Equal(2480 / 8124.0, mushrooms.Means()[mushrooms.ColumnNames!.ToList().IndexOf("11=?")], 10);
    }
}
