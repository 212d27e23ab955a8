using System.Text;

namespace Boltzmann.Searching;

/// <summary>A small text file as a whole, through gzip if it is packed.</summary>
static class PuzzleText
{
    const int Most = 1 << 28;

    public static string Read(string path)
    {
        using InputBytes input = InputBytes.Open(path);
        using var all = new MemoryStream();
        byte[] block = new byte[1 << 14];
        for (int read; (read = input.ReadSome(block)) > 0;)
        {
            if (all.Length + read > Most) throw new BadInputException($"{input.Name}: holds more than {Most:N0} bytes");
            all.Write(block, 0, read);
        }
        return Encoding.UTF8.GetString(all.ToArray()).TrimStart('\uFEFF');
    }
}
