using System.Security.Cryptography;
using Boltzmann.Experiments;

namespace Boltzmann.Tests.Experiments;

public sealed class TablePeersTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Classes(string test)
    {
        string path = Path.Combine(folder.Path, "iris-1");
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "train.csv"), "a,class\n1,x\n");
        File.WriteAllText(Path.Combine(path, "test.csv"), test);
        return path;
    }

    static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    [Fact]
    public void Without_a_file_there_are_no_numbers()
    {
        var peers = new TablePeers(folder.Path);
        Assert.False(peers.IsThere);
        Assert.Empty(peers.Detectors);
        Assert.Empty(peers.Classifiers);
        Assert.Null(peers.Area("thyroid", "all rows", "ECOD"));
    }

    [Fact]
    public void Numbers_count_for_the_files_that_they_were_measured_on_alone()
    {
        string path = Classes("a,class\n2,y\n");
        string train = Hash(Path.Combine(path, "train.csv")), test = Hash(Path.Combine(path, "test.csv"));
        File.WriteAllText(Path.Combine(folder.Path, TablePeers.File), $$"""
            {
              "versions": {"Python": "3.11"},
              "anomalies": {"thyroid": {"rows": 3, "all rows": {"ECOD": 0.5} } },
              "classification": {
                "iris-1": {"train sha256": "{{train}}", "test sha256": "{{test}}", "accuracy": {"random forest": 0.9} }
              }
            }
            """);
        var peers = new TablePeers(folder.Path);
        Assert.Equal("Python 3.11", peers.Versions);
        Assert.Equal(["ECOD"], peers.Detectors);
        Assert.Equal(["random forest"], peers.Classifiers);
        Assert.Equal(0.5, peers.Area("thyroid", "all rows", "ECOD"));
        Assert.Null(peers.Area("cardio", "all rows", "ECOD"));
        Assert.Equal(0.9, peers.Accuracy(path, "random forest"));
        Classes("a,class\n3,y\n");
        Assert.Null(peers.Accuracy(path, "random forest"));
    }

    [Fact]
    public void A_damaged_file_is_refused_in_one_line()
    {
        File.WriteAllText(Path.Combine(folder.Path, TablePeers.File), "{");
        string message = Assert.Throws<BadInputException>(() => new TablePeers(folder.Path)).Message;
        Assert.Contains("is damaged", message);
        Assert.DoesNotContain('\n', message);
    }
}
