using System.Security.Cryptography;

namespace Boltzmann.Tests.Data;

public sealed class DownloaderTests : IDisposable
{
    static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 >> 3))];

    readonly TemporaryFolder folder = new();
    readonly Downloader downloader = new(attempts: 3, patience: TimeSpan.FromSeconds(5), pause: TimeSpan.FromMilliseconds(1));

    string Target => Path.Combine(folder.Path, "set", "file.bin");

    public void Dispose()
    {
        downloader.Dispose();
        folder.Dispose();
    }

    static DataFile File(params Uri[] mirrors) =>
        new("file.bin", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), mirrors);

    sealed class Recorder : IProgress<DownloadProgress>
    {
        public List<long> Bytes { get; } = [];

        public void Report(DownloadProgress value) => Bytes.Add(value.Bytes);
    }

    void AssertWhole()
    {
        Assert.Equal(Content, System.IO.File.ReadAllBytes(Target));
        Assert.Equal([Target], Directory.GetFiles(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task A_file_is_fetched_once_and_progress_rises_to_its_size()
    {
        using var server = new LoopbackServer((_, _) => LoopbackServer.Ok(Content));
        var progress = new Recorder();
        await downloader.FetchAsync(File(server.Address("a")), Target, progress);
        await downloader.FetchAsync(File(server.Address("a")), Target, progress);
        AssertWhole();
        Assert.Equal(["a 0"], server.Requests);
        Assert.Equal(Content.Length, progress.Bytes[^1]);
        Assert.Equal(progress.Bytes.Order(), progress.Bytes);
    }

    [Fact]
    public async Task A_broken_connection_is_taken_up_where_it_broke()
    {
        using var server = new LoopbackServer((_, from) => from == 0 ? LoopbackServer.Ok(Content[..80_000],
            Content.Length) : LoopbackServer.Rest(Content, from));
        await downloader.FetchAsync(File(server.Address("a")), Target);
        AssertWhole();
        Assert.Equal(["a 0", "a 80000"], server.Requests);
    }

    [Fact]
    public async Task A_server_that_knows_no_ranges_starts_again()
    {
        int request = 0;
        using var server = new LoopbackServer((_, _) => request++ == 0 ? LoopbackServer.Ok(Content[..80_000],
            Content.Length) : LoopbackServer.Ok(Content));
        await downloader.FetchAsync(File(server.Address("a")), Target);
        AssertWhole();
    }

    [Fact]
    public async Task What_an_interrupted_run_left_is_used()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await System.IO.File.WriteAllBytesAsync(Target + ".part", Content[..150_000]);
        using var server = new LoopbackServer((_, from) => LoopbackServer.Rest(Content, from));
        await downloader.FetchAsync(File(server.Address("a")), Target);
        AssertWhole();
        Assert.Equal(["a 150000"], server.Requests);
    }

    [Fact]
    public async Task A_wrong_file_beginning_is_thrown_away_once_the_check_sum_tells()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Target)!);
        await System.IO.File.WriteAllBytesAsync(Target + ".part", new byte[1000]);
        using var server = new LoopbackServer((_, from) => from == 0 ? LoopbackServer.Ok(Content) : LoopbackServer.Rest(Content, from));
        await downloader.FetchAsync(File(server.Address("a")), Target);
        AssertWhole();
        Assert.Equal(["a 1000", "a 0"], server.Requests);
    }

    [Fact]
    public async Task Mirrors_are_tried_in_turn()
    {
        byte[] wrong = [.. Content];
        wrong[5] ^= 1;
        using var server = new LoopbackServer((path, _) => path switch
        {
            "gone" => LoopbackServer.Error("404 Not Found"),
            "busy" => LoopbackServer.Error("503 Service Unavailable"),
            "wrong" => LoopbackServer.Ok(wrong),
            "long" => LoopbackServer.Ok([.. Content, 1]),
            _ => LoopbackServer.Ok(Content),
        });
        await downloader.FetchAsync(File([.. new[] { "gone", "busy", "wrong", "long", "good" }.Select(server.Address)]), Target);
        AssertWhole();
        Assert.Equal(["gone 0", "busy 0", "busy 0", "busy 0", "wrong 0", "wrong 0", "wrong 0", "long 0", "long 0", "long 0", "good 0"],
            server.Requests);
    }

    [Fact]
    public async Task When_all_fail_one_line_says_what_each_did_and_nothing_is_left()
    {
        using var server = new LoopbackServer((path,
            _) => path == "short" ? LoopbackServer.Ok(Content[..10]) : LoopbackServer.Error("404 Not Found"));
        Uri closed;
        using (var other = new LoopbackServer((_, _) => [])) closed = other.Address("closed");
        var e = await Assert.ThrowsAsync<BadInputException>(() => downloader.FetchAsync(File(server.Address("gone"), closed,
            server.Address("short")), Target));
        Assert.DoesNotContain('\n', e.Message);
        Assert.Contains("is the network there?", e.Message);
        Assert.Contains($"{server.Address("gone")}: ", e.Message);
        Assert.Contains("404", e.Message);
        Assert.Contains(closed.ToString(), e.Message);
        Assert.Contains("ended after 10 of 200000 bytes", e.Message);
        Assert.False(System.IO.File.Exists(Target));
    }

    [Fact]
    public async Task A_silent_mirror_is_given_up_and_a_cancelled_download_keeps_what_it_has()
    {
        using var silent = new LoopbackServer((_, _) => []);
        using var impatient = new Downloader(attempts: 1, patience: TimeSpan.FromMilliseconds(100));
        var e = await Assert.ThrowsAsync<BadInputException>(() => impatient.FetchAsync(File(silent.Address("a")), Target));
        Assert.Contains("silent for 0.1 seconds", e.Message);

        using var server = new LoopbackServer((_, from) => from == 0 ? LoopbackServer.Ok(Content[..80_000], Content.Length) : []);
        using var stop = new CancellationTokenSource();
        Task fetching = downloader.FetchAsync(File(server.Address("a")), Target, new StopAt(80_000, stop), stop.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        Assert.Equal(80_000, new FileInfo(Target + ".part").Length);
    }

    sealed class StopAt(long bytes, CancellationTokenSource stop) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value)
        {
            if (value.Bytes >= bytes) stop.Cancel();
        }
    }
}
