using System.Buffers.Binary;
using System.Text;

namespace Boltzmann.Reporting;

/// <summary>
/// Standard MIDI files of format 0 (one track) from piano rolls, for any player or notation program (The Complete MIDI 1.0 Detailed
/// Specification, Standard MIDI Files 1.0). A roll does not tell a note that is struck again from one that is held: it is held.
/// </summary>
public static class MidiFile
{
    const int TicksPerQuarter = 480, HighestPitch = 127, GreatestDelay = 0x0FFFFFFF, GreatestTempo = 0xFFFFFF;
    const byte NoteOff = 0x80, NoteOn = 0x90, Velocity = 80;

    /// <summary>The bytes of a .mid file.</summary>
    /// <param name="rows">[T × V]; a value above ½ sounds.</param>
    /// <param name="lowestPitch">The MIDI pitch of the first column; 60 is the middle C.</param>
    /// <param name="quartersPerMinute">The tempo.</param>
    /// <param name="stepsPerQuarter">Steps in a quarter note: 1, 2 (eighths), 4 (sixteenths) …, a divisor of 480.</param>
    /// <exception cref="ArgumentException">Steps differ in width, or the tempo or the steps of a quarter are out of range.</exception>
    /// <exception cref="BadInputException">A column is beyond the pitches of MIDI, 0 to 127, a value is not a number, or nothing changes
    /// for longer than the format can say.</exception>
    public static byte[] Encode(IReadOnlyList<double[]> rows, int lowestPitch, double quartersPerMinute = 120, int stepsPerQuarter = 2)
    {
        int width = StepRows.Width(rows);
        if (lowestPitch < 0 || width > HighestPitch + 1 - lowestPitch)
            throw new BadInputException($"{width} columns from pitch {lowestPitch} on go beyond the pitches of MIDI; expected 0 to "
                + $"{HighestPitch}");
        if (stepsPerQuarter < 1 || TicksPerQuarter % stepsPerQuarter != 0)
            throw new ArgumentOutOfRangeException(nameof(stepsPerQuarter),
                $"{stepsPerQuarter} steps a quarter do not divide its {TicksPerQuarter} ticks");
        double tempo = Math.Round(60e6 / quartersPerMinute);
        if (!(tempo is >= 1 and <= GreatestTempo))
            throw new ArgumentOutOfRangeException(nameof(quartersPerMinute),
                $"the tempo is {quartersPerMinute} quarters a minute; expected 3.58 to 60 000 000");
        var track = new MemoryStream();
        WriteEvent(track, 0, [0xFF, 0x51, 0x03, (byte)((int)tempo >> 16), (byte)((int)tempo >> 8), (byte)(int)tempo]);
        WriteNotes(track, rows, width, lowestPitch, TicksPerQuarter / stepsPerQuarter);
        return File(track.ToArray());
    }

    // What ends comes before what begins, low before high.
    static void WriteNotes(MemoryStream track, IReadOnlyList<double[]> rows, int width, int lowestPitch, int ticksPerStep)
    {
        var isSounding = new bool[width];
        long since = 0;
        for (int t = 0; t <= rows.Count; t++)
        {
            foreach (bool isBegin in (bool[])[false, true])
                for (int u = 0; u < width; u++)
                {
                    if (isSounding[u] == isBegin || IsOn(rows, t, u) != isBegin) continue;
                    isSounding[u] = isBegin;
                    WriteEvent(track, since, [isBegin ? NoteOn : NoteOff, (byte)(lowestPitch + u), Velocity]);
                    since = 0;
                }
            if (t < rows.Count) since += ticksPerStep;
        }
        // A silence at the end belongs to the piece.
        WriteEvent(track, since, [0xFF, 0x2F, 0x00]);
    }

    static bool IsOn(IReadOnlyList<double[]> rows, int step, int column)
    {
        if (step == rows.Count) return false;
        double value = rows[step][column];
        return double.IsNaN(value) ? throw new BadInputException($"step {step + 1}, column {column + 1}: is not a number; expected 0 or 1")
            : value > 0.5;
    }

    static byte[] File(byte[] track)
    {
        byte[] file = new byte[14 + 8 + track.Length];
        Encoding.ASCII.GetBytes("MThd", file);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), 6);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(8), 0);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(10), 1);
        BinaryPrimitives.WriteInt16BigEndian(file.AsSpan(12), TicksPerQuarter);
        Encoding.ASCII.GetBytes("MTrk", file.AsSpan(14));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(18), track.Length);
        track.CopyTo(file, 22);
        return file;
    }

    static void WriteEvent(MemoryStream track, long delay, ReadOnlySpan<byte> message)
    {
        if (delay > GreatestDelay)
            throw new BadInputException($"nothing changes for {delay:N0} ticks; a MIDI file can wait {GreatestDelay:N0}");
        WriteVariable(track, (int)delay);
        track.Write(message);
    }

    /// <summary>A number in groups of seven bits, the highest first, each but the last with its top bit set.</summary>
    internal static void WriteVariable(Stream stream, int value)
    {
        for (int shift = 21; shift > 0; shift -= 7)
            if (value >> shift != 0) stream.WriteByte((byte)(0x80 | ((value >> shift) & 0x7F)));
        stream.WriteByte((byte)(value & 0x7F));
    }
}
