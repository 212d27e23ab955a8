using System.Runtime.CompilerServices;
using System.Text;

namespace Boltzmann.Tests;

/// <summary>
/// Files that pin what the program writes. They lie beside this source file; with BOLTZMANN_UPDATE_GOLDEN=1 a check rewrites its file
/// instead of comparing, and the difference shows in the next commit.
/// </summary>
static class GoldenFile
{
    /// <summary>Compares a text with its file; line ends count as line feeds.</summary>
    public static void Check(string name, string actual)
    {
        string text = actual.ReplaceLineEndings("\n");
        if (Rewritten(name, Encoding.UTF8.GetBytes(text))) return;
        string[] expected = Encoding.UTF8.GetString(Read(name)).ReplaceLineEndings("\n").Split('\n'), lines = text.Split('\n');
        for (int i = 0; i < Math.Max(expected.Length, lines.Length); i++)
        {
            string should = i < expected.Length ? expected[i] : "(end of file)", shows = i < lines.Length ? lines[i] : "(end of text)";
            Assert.True(should == shows, $"{name} line {i + 1}\nexpected: {should}\nactual:   {shows}\n(BOLTZMANN_UPDATE_GOLDEN=1 accepts "
                + "it)");
        }
    }

    /// <summary>Compares bytes with their file.</summary>
    public static void Check(string name, byte[] actual)
    {
        if (Rewritten(name, actual)) return;
        byte[] expected = Read(name);
        int same = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(same == expected.Length && same == actual.Length,
            $"{name} differs from byte {same} on; {expected.Length} bytes expected, {actual.Length} written (BOLTZMANN_UPDATE_GOLDEN=1 "
                + "accepts them)");
    }

    static bool Rewritten(string name, byte[] bytes)
    {
        if (Environment.GetEnvironmentVariable("BOLTZMANN_UPDATE_GOLDEN") != "1") return false;
        string path = Path.Combine(Folder(), name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return true;
    }

    static byte[] Read(string name)
    {
        string path = Path.Combine(Folder(), name);
        Assert.True(File.Exists(path), $"{path} does not exist; BOLTZMANN_UPDATE_GOLDEN=1 writes it");
        return File.ReadAllBytes(path);
    }

    static string Folder([CallerFilePath] string source = "") => Path.GetDirectoryName(source)!;
}
