using System.Text;

namespace Boltzmann.Data;

/// <summary>Words that are found by their UTF-8, so that a field is no object unless it is new.</summary>
sealed class Utf8Words : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    const uint Start = 2166136261, Prime = 16777619;   // FNV-1a
    const int LongestStacked = 256;

    /// <summary>Words are equal if their bytes are.</summary>
    public static Utf8Words Ordinal { get; } = new();

    Utf8Words() { }

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public bool Equals(ReadOnlySpan<byte> alternate, string other)
    {
        Span<byte> bytes = other.Length <= LongestStacked / 3 ? stackalloc byte[LongestStacked] : new byte[3 * other.Length];
        return alternate.SequenceEqual(bytes[..Encoding.UTF8.GetBytes(other, bytes)]);
    }

    public int GetHashCode(string word)
    {
        Span<byte> bytes = word.Length <= LongestStacked / 3 ? stackalloc byte[LongestStacked] : new byte[3 * word.Length];
        return GetHashCode(bytes[..Encoding.UTF8.GetBytes(word, bytes)]);
    }

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        uint hash = Start;
        foreach (byte x in alternate) hash = (hash ^ x) * Prime;
        return (int)hash;
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
}
