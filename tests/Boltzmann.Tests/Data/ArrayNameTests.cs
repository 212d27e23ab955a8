using System.Runtime.InteropServices;
using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>Which arrays of an archive hold rows and labels.</summary>
public sealed class ArrayNameTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Rows(params byte[] values) => ArrayFiles.Npy("'|u1'", $"({values.Length}, 1)", values);

    static byte[] Classes(params long[] values) => ArrayFiles.Npy("'<i8'", $"({values.Length},)", [.. MemoryMarshal.AsBytes<long>(values)]);

    Dataset Open(DataOptions? options, params (string Name, byte[] Bytes)[] arrays) =>
        DataSource.Open(folder.File("some.npz", ArrayFiles.Npz([.. arrays.Select(array => (array.Name + ".npy", array.Bytes))])), options);

    [Theory]
    [InlineData("x", "y")]
    [InlineData("X", "target")]
    [InlineData("data", "labels")]
    [InlineData("images", "target")]
    [InlineData("x_train", "y_train")]
    [InlineData("train_x", "train_y")]
    [InlineData("train_images", "train_labels")]
    [InlineData("arr_0", "y")]
    [InlineData("own", "y")]
    public void Rows_and_labels_are_known_by_their_usual_names(string rows, string labels)
    {
        (string, byte[])[] others = rows == "own" ? [] : [("notes", Rows(1)), ("weights", Rows(1, 1, 1))];
        DataOptions? options = rows == "own" ? new() { ArrayName = "own" } : null;
        Dataset data = Open(options, [.. others, (rows, Rows(0, 1)), (labels, Classes(1, 2))]);
        Assert.Equal(2, data.Count);
        Assert.Equal([1, 2], data.Labels!);
    }

    [Fact]
    public void A_test_part_has_names_of_its_own()
    {
        (string, byte[])[] keras = [("x_train", Rows(0, 1)), ("y_train", Classes(1, 2)), ("x_test", Rows(1)), ("y_test", Classes(3))];
        Assert.Equal([1, 2], Open(null, keras).Labels!);
        Dataset test = Open(new() { Split = DataSplit.Test }, keras);
        Assert.Equal((1, 3), (test.Count, test.Labels![0]));
        Assert.True(new DataCatalog().HasPart(folder.File("keras.npz", ArrayFiles.Npz(("x_test.npy", Rows(1)))), DataSplit.Test));
        Assert.False(new DataCatalog().HasPart(folder.File("plain.npz", ArrayFiles.Npz(("x.npy", Rows(1)))), DataSplit.Test));
        Assert.Contains("a file has no test part", ArrayFiles.Refusal(() => Open(new() { Split = DataSplit.Test }, ("x", Rows(1)))));
    }

    [Fact]
    public void Names_that_are_stated_come_first()
    {
        (string, byte[])[] arrays = [("x", Rows(0, 1)), ("y", Classes(1, 2)), ("codes", Rows(1, 1)), ("groups", Classes(0, 5))];
        Assert.Equal([1.0], Open(new() { ArrayName = "codes" }, arrays).Means());
        Assert.Equal([0, 5], Open(new() { LabelsPath = "groups" }, arrays).Labels!);
        Assert.Equal([4, 3], Open(new() { LabelsPath = folder.File("own.npy", Classes(4, 3)) }, ("x", Rows(0, 1))).Labels!);
        Assert.Contains("no such file", ArrayFiles.Refusal(() => Open(new() { LabelsPath = "absent" }, ("x", Rows(0, 1)))));
        Assert.Contains("has no array 'z': expected the name of one of: 'codes' [2 × 1], 'groups' [2], 'x' [2 × 1], 'y' [2] (--array)",
            ArrayFiles.Refusal(() => Open(new() { ArrayName = "z" }, arrays)));
    }

    [Fact]
    public void Labels_may_be_texts()
    {
        byte[] texts = ArrayFiles.Npy("'<U3'", "(3,)", [.. new[] { "cat", "äg\0", "cat" }.SelectMany(Encoding.UTF32.GetBytes)]);
        byte[] bytes = ArrayFiles.Npy("'|S3'", "(3, 1)", "catag\0cat"u8.ToArray());
        Dataset data = Open(null, ("x", Rows(0, 1, 1)), ("y", texts));
        Assert.Equal(["cat", "äg"], data.LabelNames!);
        Assert.Equal([0, 1, 0], data.Labels!);
        Assert.Equal(["ag", "cat"], Open(null, ("x", Rows(0, 1, 1)), ("target", bytes)).LabelNames!);
        Assert.Contains("row 2 has no label", ArrayFiles.Refusal(() => Open(null, ("x", Rows(0, 1)),
            ("y", ArrayFiles.Npy("'|S1'", "(2,)", "a\0"u8.ToArray())))));
        Assert.Contains("holds texts", ArrayFiles.Refusal(() => Open(new() { ArrayName = "y" }, ("x", Rows(1)), ("y", texts))));
    }

    [Fact]
    public void An_array_of_fractions_or_of_another_length_is_no_labels_unless_stated()
    {
        byte[] prices = ArrayFiles.Npy("'<f8'", "(2,)", [.. MemoryMarshal.AsBytes<double>([0.5, 1])]);
        Assert.Null(Open(null, ("x", Rows(0, 1)), ("y", prices)).Labels);
        Assert.Null(Open(new() { ArrayName = "own" }, ("own", Rows(0, 1)), ("y", Classes(1, 2, 3)), ("x", Rows(1))).Labels);
        Assert.Contains("expected a label", ArrayFiles.Refusal(() => Open(new() { LabelsPath = "y" }, ("x", Rows(0, 1)), ("y", prices))));
        Assert.Contains("3 labels for 2 rows", ArrayFiles.Refusal(() => Open(null, ("x", Rows(0, 1)), ("y", Classes(1, 2, 3)))));
    }
}
