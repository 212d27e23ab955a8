using System.Buffers.Binary;

namespace Boltzmann.Compute;

/// <summary>The cyclic redundancy check of zip, gzip and PNG (polynomial 0xEDB88320, reflected).</summary>
static class Crc32
{
    const int Slices = 8;

    // Table[256·s + x] carries byte x on over s further bytes: eight bytes a step (Kounavis and Berry 2005).
    static readonly uint[] Table = Build();

    /// <summary>Carries the check of what came before on over more bytes; 0 to begin with.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        ReadOnlySpan<uint> table = Table;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            uint low = crc ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes), high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = table[1792 + (byte)low] ^ table[1536 + (byte)(low >> 8)] ^ table[1280 + (byte)(low >> 16)] ^ table[1024
                + (int)(low >> 24)]
                ^ table[768 + (byte)high] ^ table[512 + (byte)(high >> 8)] ^ table[256 + (byte)(high >> 16)] ^ table[(int)(high >> 24)];
        }
        foreach (byte x in bytes) crc = table[(byte)(crc ^ x)] ^ (crc >> 8);
        return ~crc;
    }

    static uint[] Build()
    {
        var table = new uint[256 * Slices];
        for (uint x = 0; x < 256; x++)
        {
            uint value = x;
            for (int bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            table[x] = value;
        }
        for (int i = 256; i < table.Length; i++) table[i] = table[(byte)table[i - 256]] ^ (table[i - 256] >> 8);
        return table;
    }
}
