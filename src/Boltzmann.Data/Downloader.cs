using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Boltzmann.Data;

/// <summary>
/// Fetches files from the first of several mirrors that has the right one. What has come of a file stays beside it as <c>.part</c>, so that
/// an interrupted download goes on where it stopped; only a file whose size and SHA-256 are right gets its name, in one step.
/// </summary>
public sealed class Downloader : IDisposable
{
    readonly HttpClient client;
    readonly int attempts;
    readonly TimeSpan patience, pause;

    /// <summary>A downloader.</summary>
    /// <param name="attempts">Tries per mirror.</param>
    /// <param name="patience">How long a mirror may be silent; 20 seconds when null.</param>
    /// <param name="pause">Wait before the second try of a mirror, doubled before each further one; one second when null.</param>
    /// <exception cref="ArgumentException">No attempts.</exception>
    public Downloader(int attempts = 3, TimeSpan? patience = null, TimeSpan? pause = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        this.attempts = attempts;
        this.patience = patience ?? TimeSpan.FromSeconds(20);
        this.pause = pause ?? TimeSpan.FromSeconds(1);
        // Silence is limited below, for each answer and each read; a large file may take as long as it likes.
        client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("boltzmann");
    }

    /// <summary>Fetches a file, unless the right one is there already.</summary>
    /// <param name="file">Its mirrors, size and check sum.</param>
    /// <param name="path">Where to put it; folders are made.</param>
    /// <param name="progress">Told of bytes as they come.</param>
    /// <param name="cancellation">Stops; what has come so far is kept.</param>
    /// <exception cref="BadInputException">No mirror has the right file, or it cannot be written; the message says what each
    /// did.</exception>
    public async Task FetchAsync(DataFile file, string path, IProgress<DownloadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        if (await IsThereAsync(file, path, cancellation).ConfigureAwait(false)) return;
        string part = path + ".part";
        var failures = new List<string>();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            foreach (Uri mirror in file.Mirrors)
            {
                string? failure = await TryMirrorAsync(mirror, file, part, progress, cancellation).ConfigureAwait(false);
                if (failure is null)
                {
                    File.Move(part, path, overwrite: true);
                    return;
                }
                failures.Add($"{mirror}: {failure}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: cannot be written ({e.Message})", e);
        }
        throw new BadInputException($"{file.Name} could not be fetched; is the network there? Tried {string.Join("; ", failures)}. "
            + $"Expected {file.Bytes} bytes with sha256 {file.Sha256}; put there by hand, {path} will do as well");
    }

    /// <summary>Whether a file has the right size and check sum.</summary>
    public static async Task<bool> IsThereAsync(DataFile file, string path, CancellationToken cancellation = default)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != file.Bytes) return false;
        using FileStream stream = File.OpenRead(path);
        byte[] hash = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
        return Convert.ToHexStringLower(hash) == file.Sha256;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    // Null once the part file is whole and right, else why this mirror failed.
    async Task<string?> TryMirrorAsync(Uri mirror, DataFile file, string part, IProgress<DownloadProgress>? progress,
        CancellationToken cancellation)
    {
        string failure = "";
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            if (attempt > 0) await Task.Delay(pause * Math.Pow(2, attempt - 1), cancellation).ConfigureAwait(false);
            try
            {
                await ReceiveAsync(mirror, file, part, progress, cancellation).ConfigureAwait(false);
            }
            catch (HttpRequestException e)
            {
                failure = e.Message;
                if (e.StatusCode is HttpStatusCode status && (int)status is >= 400 and < 500 and not (408 or 416 or 429)) break;
                continue;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                failure = $"silent for {patience.TotalSeconds:0.#} seconds";
                continue;
            }
            long length = new FileInfo(part).Length;
            if (length < file.Bytes)
            {
                failure = $"ended after {length} of {file.Bytes} bytes";
                continue;
            }
            if (await IsThereAsync(file, part, cancellation).ConfigureAwait(false)) return null;
            // A part of another file, perhaps from an earlier mirror: begin again, once.
            failure = length > file.Bytes ? $"sent more than {file.Bytes} bytes" : "sent a file with another check sum";
            File.Delete(part);
        }
        return failure;
    }

    async Task ReceiveAsync(Uri mirror, DataFile file, string part, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var target = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        if (target.Length >= file.Bytes) target.SetLength(0);
        using var request = new HttpRequestMessage(HttpMethod.Get, mirror);
        if (target.Length > 0) request.Headers.Range = new RangeHeaderValue(target.Length, null);
        silence.CancelAfter(patience);
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
            silence.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) target.SetLength(0);
        response.EnsureSuccessStatusCode();
        bool isRest = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == target.Length;
        if (!isRest) target.SetLength(0);
        target.Seek(0, SeekOrigin.End);
        progress?.Report(new(file, target.Length, mirror));
        using Stream source = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        while (target.Length <= file.Bytes)
        {
            silence.CancelAfter(patience);
            int read = await ReadAsync(source, buffer, silence.Token).ConfigureAwait(false);
            if (read == 0) return;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
            progress?.Report(new(file, target.Position, mirror));
        }
    }

    // Told apart from trouble with the file, which is no fault of the mirror.
    static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(e.Message, e);
        }
    }
}
