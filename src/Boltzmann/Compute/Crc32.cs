namespace Boltzmann;

/// <summary>The cyclic redundancy check of zip, gzip and PNG (polynomial 0xEDB88320, reflected).</summary>
static class Crc32
{
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(index =>
    {
        uint value = (uint)index;
        for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
        return value;
    })];

    /// <summary>Carries the check of what came before on over more bytes; 0 to begin with.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (byte x in bytes) crc = Table[(byte)(crc ^ x)] ^ (crc >> 8);
        return ~crc;
    }
}
