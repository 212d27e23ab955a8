using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Boltzmann.Tests;

/// <summary>Every way a safetensors file can be wrong is refused in one line, and nothing is allocated from its numbers.</summary>
public sealed class MalformedSafetensorsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Path => folder["bad.safetensors"];

    public static TheoryData<string, int, string> Headers => new()
    {
        { "", 0, "does not begin with '{'" },
        { " {}", 0, "does not begin with '{'" },
        { "[]", 0, "does not begin with '{'" },
        { "{", 0, "not valid JSON" },
        { "{} {}", 0, "not valid JSON" },
        { "{}\0", 0, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""", 4, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,""", 4, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}""", 4, "not valid JSON" },
        { """{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,4]}}""", 4, "not valid JSON" },
        { """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not Unicode" },
        { """{"__metadata__":{"k":"\udc00"}}""", 0, "not Unicode" },
        { """{"__metadata__":1}""", 0, "not an object of strings" },
        { """{"__metadata__":{"k":1}}""", 0, "'k' is not a string" },
        { """{"__metadata__":{"k":null}}""", 0, "'k' is not a string" },
        { """{"__metadata__":{"k":"1","k":"2"}}""", 0, "two entries named 'k'" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "__metadata__ appears twice" },
        { """{"a":7}""", 0, "'a' is not described by an object" },
        { """{"a":{}}""", 0, "'a' has no dtype" },
        { """{"a":{"dtype":"F32"}}""", 0, "'a' has no shape" },
        { """{"a":{"dtype":"F32","shape":[1]}}""", 0, "no data_offsets" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 0, "no data_offsets of two" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "more than 2" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":"0,4"}}""", 4, "not an array" },
        { """{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "two entries dtype" },
        { """{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}""", 4, "two entries shape" },
        { """{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype 'F31'" },
        { """{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype 'f32'" },
        { """{"a":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}""", 4, "dtype that is not a string" },
        { """{"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "shape that is not an array" },
        { """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "not a whole number" },
        { """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "not a whole number" },
        { """{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "not a whole number" },
        { """{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "not a whole number" },
        { """{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "not a whole number" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "product overflows" },
        { """{"a":{"dtype":"F32","shape":[9223372036854775807,2,0],"data_offsets":[0,0]}}""", 0, "product overflows" },
        { """{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "needs 18446744073709551616 bytes" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes, but its data_offsets 0 to 4 hold 4" },
        { """{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1, "needs 1 bytes" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "run backwards" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "not a whole number" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "truncated" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}""", 4, "truncated" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "two tensors are named 'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "overlaps tensor 'a'" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "overlaps" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "bytes 4 to 8" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "bytes 0 to 4" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "the file holds 5 bytes of data" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "truncated" },
        { "{}", 1, "the file holds 1 bytes of data" },
    };

    [Theory, MemberData(nameof(Headers))]
    public void A_header_that_breaks_a_rule_is_refused_with_the_reason(string header, int dataBytes, string reason)
    {
        Write(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);
        Refuses(reason);
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{}        ", 0)]
    [InlineData("""{"__metadata__":{}}""", 0)]
    [InlineData("""{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{"a":{"shape":[1],"later":{"x":[1,{}]},"data_offsets":[0,4],"dtype":"F32"}}""", 4)]
    [InlineData("""{"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"e":{"dtype":"U8","shape":[0],"data_offsets":[4,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8)]
    public void What_the_format_allows_is_read(string header, int dataBytes)
    {
        Write(Encoding.UTF8.GetBytes(header), new byte[dataBytes]);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        foreach (StoredTensor tensor in file.Tensors) Assert.Equal(tensor.Bytes, file.ReadBytes(tensor.Name).Length);
    }

    [Theory]
    [InlineData(0, "too short")]
    [InlineData(7, "too short")]
    [InlineData(8, "truncated")]
    [InlineData(20, "truncated")]
    public void A_file_cut_short_is_refused(int length, string reason)
    {
        byte[] bytes = [.. BitConverter.GetBytes(32UL), .. Encoding.ASCII.GetBytes("{}".PadRight(32))];
        File.WriteAllBytes(Path, bytes[..length]);
        Refuses(reason);
    }

    [Theory]
    [InlineData(1UL << 60)]
    [InlineData(ulong.MaxValue - 0xff)]
    [InlineData((ulong)long.MaxValue - 0xff)]
    [InlineData(int.MaxValue)]
    [InlineData(3)]
    public void A_header_longer_than_the_file_is_refused_without_being_allocated(ulong length)
    {
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes(length), .. "{}"u8]);
        Refuses($"claims {length} bytes, but the file has 10");
    }

    [Theory]
    [InlineData("width,height\n1,2\n", "a table of text, such as a CSV")]
    [InlineData("a;b", "a table of text, such as a CSV")]
    [InlineData("{\"layers\": []}", "JSON")]
    [InlineData("PK\u0003\u0004 and more of it", "a zip archive, such as .npz")]
    [InlineData("PAR1 and more of it", "a Parquet table")]
    public void Another_kind_of_file_is_named_in_place_of_a_length_that_it_does_not_have(string text, string what)
    {
        File.WriteAllText(Path, text);
        Refuses($"is not a model but looks like {what}; expected the folder of a run or its model.safetensors");
    }

    [Fact]
    public void A_header_beyond_the_formats_limit_is_refused()
    {
        using (FileStream stream = File.Create(Path))
        {
            stream.Write(BitConverter.GetBytes(100_000_001UL));
            stream.SetLength(100_000_009);
        }
        Refuses("the format allows 100000000");
    }

    [Fact]
    public void Invalid_UTF8_is_refused()
    {
        Write([.. "{\""u8, 0xFF, .. "\":1}"u8], []);
        Refuses("not valid UTF-8");
    }

    [Fact]
    public void Missing_files_and_folders_are_refused()
    {
        Assert.Contains("no such file", Assert.Throws<BadInputException>(() => SafetensorsFile.Open(folder["absent"])).Message);
        Assert.Contains("no such file", Assert.Throws<BadInputException>(() => SafetensorsFile.Open(folder["absent/file"])).Message);
        Assert.Contains("is a folder", Assert.Throws<BadInputException>(() => SafetensorsFile.Open(folder.Path)).Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2147483647,0],"data_offsets":[0,0]}}""", "rows without entries")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,9223372036854775807],"data_offsets":[0,0]}}""", "too large")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,0,0],"data_offsets":[0,0]}}""", "more than the two dimensions")]
    public void A_shape_without_bytes_behind_it_allocates_no_matrix(string header, string reason)
    {
        Write(Encoding.UTF8.GetBytes(header), []);
        using SafetensorsFile file = SafetensorsFile.Open(Path);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(reason, Assert.Throws<BadInputException>(() => file.ReadMatrix("a")).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Names_from_the_file_keep_messages_to_one_short_line()
    {
        Write(Encoding.UTF8.GetBytes($$$"""{"a\nb\u001b[31m{{{new string('x', 5000)}}}":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}"""), new byte[8]);
        Refuses("tensor 'a?b?[31mxxx");
    }

    [Fact]
    public void Random_bytes_are_refused_and_nothing_else() =>
        Check(ArbMap.Default.GeneratorFor<byte>().ArrayOf(), bytes => bytes);

    [Fact]
    public void Random_bytes_behind_a_right_length_are_refused_and_nothing_else() =>
        Check(ArbMap.Default.GeneratorFor<byte>().ArrayOf(), bytes => [.. BitConverter.GetBytes((ulong)bytes.Length), .. bytes]);

    [Fact]
    public void Random_JSON_is_refused_or_read_and_nothing_else()
    {
        string[] words =
        [
            "{", "}", "[", "]", ",", ":", "\"a\"", "\"dtype\"", "\"shape\"", "\"data_offsets\"", "\"__metadata__\"", "\"F32\"", "0", "1",
                "4", "-1",
            "4294967296", "9223372036854775807", "1e400", "\"\\ud800\"", "null", "{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}",
            "\"b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":", "[4,12]",
                "{\"dtype\":\"U8\",\"shape\":[2147483647,0],\"data_offsets\":[0,0]}",
        ];
        Check(Gen.Elements(words).ArrayOf(), tokens =>
        {
            byte[] header = Encoding.UTF8.GetBytes("{" + string.Concat(tokens));
            return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. new byte[12]];
        });
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_mutated_model_is_refused_or_read_and_nothing_else(bool isDeep)
    {
        Dbn model = isDeep ? Dbn.Of(new GaussianLayer(3), new MultinomialLayer(4, 2), new BernoulliLayer(2))
            : Dbn.Of(new GaussianLayer(3), new MultinomialLayer(4, 2));
        model.SetRandomWeights(1, new Rng());
        if (isDeep) model.Untie();
        ModelFile.Save(Path, isDeep ? model : model.Top);
        byte[] whole = File.ReadAllBytes(Path);
        Gen<(int Place, byte Value)> edit = Gen.Choose(0, whole.Length - 1).SelectMany(place =>
            Gen.Frequency((3, Gen.Elements([.. "0123456789-.eE\",:{}[] \\"u8])),
                (1, ArbMap.Default.GeneratorFor<byte>())).Select(value => (place, value)));
        Check(edit.NonEmptyListOf().Zip(Gen.Frequency((3, Gen.Constant(whole.Length)), (1, Gen.Choose(0, whole.Length)))), mutation =>
        {
            byte[] bytes = [.. whole];
            // Few edits reach deep; most files of many edits fail at the first.
            foreach (var (place, value) in mutation.Item1.Take(3)) bytes[place] = value;
            return bytes[..mutation.Item2];
        });
    }

    void Check<T>(Gen<T> generator, Func<T, byte[]> bytes)
    {
        // The first run pays for code that is compiled and types that are set up.
        Survives([0]);
        Config config = Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20240601), FSharpOption<int>.None)));
        FsCheck.Check.One(config, Prop.ForAll(generator.ToArbitrary(), value => Survives(bytes(value))));
    }

    /// <summary>
    /// Reads whatever can be read: only <see cref="BadInputException"/> may come, within memory in proportion to the file.
    /// </summary>
    bool Survives(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(Path);
            foreach (StoredTensor tensor in file.Tensors)
                Try(() => file.ReadMatrix(tensor.Name));
            Try(() => ModelFile.LoadRbm(Path));
            Try(() => ModelFile.LoadDbn(Path));
        }
        catch (BadInputException e)
        {
            IsOneLine(e);
        }
        // A row of one byte becomes a row of 64; the rest are buffers of fixed size and exceptions.
        return GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000 + 1000 * bytes.Length;
    }

    static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (BadInputException e)
        {
            IsOneLine(e);
        }
    }

    static void IsOneLine(BadInputException e)
    {
        Assert.DoesNotContain(e.Message, char.IsControl);
        Assert.InRange(e.Message.Length, 1, 1000);
    }

    void Refuses(string reason)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        BadInputException e = Assert.Throws<BadInputException>(() => SafetensorsFile.Open(Path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        Assert.StartsWith(Path + ": ", e.Message);
        Assert.Contains(reason, e.Message);
        IsOneLine(e);
    }

    void Write(byte[] header, byte[] data) =>
        File.WriteAllBytes(Path, [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. data]);
}
