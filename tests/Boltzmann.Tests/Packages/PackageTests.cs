using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Boltzmann.Tests.Data;
using Boltzmann.Tests.Reporting;

namespace Boltzmann.Tests.Packages;

/// <summary>What the packages hold. Their use is tried by .ci/packages.</summary>
public sealed class PackageTests : IDisposable
{
    static readonly string configuration =
        typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_core_package_has_no_dependencies_and_no_native_parts()
    {
        using ZipArchive package = Packed("Boltzmann");
        XElement metadata = Metadata(package);
        Assert.Empty(Named(metadata, "dependency"));
        Assert.Equal("net10.0", Assert.Single(Named(metadata, "group")).Attribute("targetFramework")!.Value);
        Assert.Equal(["lib/net10.0/Boltzmann.dll", "lib/net10.0/Boltzmann.xml"], [.. package.Entries.Select(entry => entry.FullName)
            .Where(name => name.Contains('/') && !name.StartsWith("_rels", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal));
    }

    [Theory, InlineData("Boltzmann"), InlineData("Boltzmann.Data"), InlineData("Boltzmann.Data.Parquet"),
        InlineData("Boltzmann.ML"), InlineData("Boltzmann.Onnx"), InlineData("Boltzmann.Cli")]
    public void A_package_says_what_it_is(string name)
    {
        using ZipArchive package = Packed(name);
        XElement metadata = Metadata(package);
        Assert.Equal(name, Value(metadata, "id"));
        Assert.Equal("MIT", Value(metadata, "license"));
        Assert.Equal("icon.png", Value(metadata, "icon"));
        Assert.Equal("README.md", Value(metadata, "readme"));
        Assert.StartsWith("https://", Value(metadata, "projectUrl"), StringComparison.Ordinal);
        Assert.Contains("machine-learning", Value(metadata, "tags"), StringComparison.Ordinal);
        Assert.NotEmpty(Value(metadata, "description"));
        // No folder of the machine that packed.
        Assert.DoesNotContain(Repository.Root, metadata.ToString(), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "packaging", $"{name}.md")), Text(package, "README.md"));
        Assert.True(File.Exists(Path.Combine(folder.Path, $"{name}.{Value(metadata, "version")}.snupkg")));
    }

    [Fact]
    public void The_icon_is_a_picture_of_128_by_128_pixels()
    {
        PixelImage icon = PngReader.Decode(File.ReadAllBytes(Path.Combine(Repository.Root, "packaging", "icon.png")));
        Assert.Equal((128, 128), (icon.Width, icon.Height));
    }

    /// <summary>The readmes of the packages show code that runs: it stands, word for word, in a program that .ci/packages runs.</summary>
    [Theory, InlineData("Boltzmann.md", "TrainAndPredict.cs"), InlineData("Boltzmann.Data.md", "Table.cs"),
        InlineData("Boltzmann.Data.Parquet.md", "Columns.cs"), InlineData("Boltzmann.ML.md", "Pipeline.cs"),
        InlineData("Boltzmann.Onnx.md", "Export.cs")]
    public void The_code_of_a_readme_is_that_of_an_example(string readme, string example)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "packaging", readme)).ReplaceLineEndings("\n");
        string block = text.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains(block.TrimEnd(), File.ReadAllText(Path.Combine(Repository.Root, "examples", "packages", example))
            .ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    ZipArchive Packed(string name)
    {
        var start = new ProcessStartInfo("dotnet",
        [
            "pack", Path.Combine(Repository.Root, "src", name), "--no-build", "--no-restore", "-c", configuration, "-o", folder.Path,
            "-p:EnablePackageValidation=false", "--nologo",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        Assert.DoesNotContain("warning", said, StringComparison.Ordinal);
        string path = Assert.Single(Directory.GetFiles(folder.Path, $"{name}.*.nupkg"),
            path => char.IsDigit(Path.GetFileName(path)[name.Length + 1]));
        return ZipFile.OpenRead(path);
    }

    static XElement Metadata(ZipArchive package) =>
        Named(XElement.Parse(Text(package, Assert.Single(package.Entries, entry => entry.FullName.EndsWith(".nuspec")).FullName)),
            "metadata").Single();

    static IEnumerable<XElement> Named(XElement element, string name) =>
        element.Descendants().Where(descendant => descendant.Name.LocalName == name);

    static string Value(XElement metadata, string name) => Named(metadata, name).Single().Value;

    static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
