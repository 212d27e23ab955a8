using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Boltzmann.Tests.Data;

/// <summary>A web server of one thread on this machine that answers each request as the test says, also wrongly.</summary>
sealed class LoopbackServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly Func<string, long, byte[]> answer;
    readonly Task serving;
    readonly CancellationTokenSource stop = new();

    /// <param name="answer">From the path and the first byte asked for, all bytes to send before the connection is closed; none to stay
    /// silent.</param>
    public LoopbackServer(Func<string, long, byte[]> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>The requests so far, as "path from".</summary>
    public List<string> Requests { get; } = [];

    public Uri Address(string path) => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}");

    public static byte[] Ok(byte[] body, int? length = null) => Answer("200 OK", body, $"Content-Length: {length ?? body.Length}");

    public static byte[] Rest(byte[] body, long from) => Answer("206 Partial Content", body[(int)from..],
        $"Content-Length: {body.Length - from}\r\nContent-Range: bytes {from}-{body.Length - 1}/{body.Length}");

    public static byte[] Error(string status) => Answer(status, [], "Content-Length: 0");

    static byte[] Answer(string status, byte[] body, string headers) =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}\r\nConnection: close\r\n\r\n"), .. body];

    async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                string path = (await reader.ReadLineAsync(stop.Token))?.Split(' ')[1].TrimStart('/') ?? "";
                long from = 0;
                while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } line)
                    if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                        from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'));
                Requests.Add($"{path} {from}");
                byte[] bytes = answer(path, from);
                if (bytes.Length == 0) await Task.Delay(Timeout.Infinite, stop.Token);
                await SendAsync(stream, bytes);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    async Task SendAsync(NetworkStream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes, stop.Token);
        }
        catch (IOException)
        {
            // The client has had enough and hung up, as it may.
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        serving.Wait();
        listener.Stop();
        stop.Dispose();
    }
}
