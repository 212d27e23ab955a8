using System.Buffers.Binary;

namespace Boltzmann.Tests.Reporting;

/// <summary>MIDI files byte for byte, and read back.</summary>
public sealed class MidiFileTests
{
    // The table of the standard's section on variable-length quantities.
    [Theory]
    [InlineData(0x00, "00")]
    [InlineData(0x40, "40")]
    [InlineData(0x7F, "7F")]
    [InlineData(0x80, "8100")]
    [InlineData(0x2000, "C000")]
    [InlineData(0x3FFF, "FF7F")]
    [InlineData(0x4000, "818000")]
    [InlineData(0x100000, "C08000")]
    [InlineData(0x1FFFFF, "FFFF7F")]
    [InlineData(0x200000, "81808000")]
    [InlineData(0x8000000, "C0808000")]
    [InlineData(0xFFFFFFF, "FFFFFF7F")]
    public void A_number_is_written_as_the_standard_has_it(int value, string bytes)
    {
        using var stream = new MemoryStream();
        MidiFile.WriteVariable(stream, value);
        Assert.Equal(bytes, Convert.ToHexString(stream.ToArray()));
    }

    [Fact]
    public void Notes_are_held_over_equal_steps_and_what_ends_comes_before_what_begins()
    {
        // C4 for two steps, then D4 with E4, then silence. Two steps a quarter of 480 ticks: 240 each, 81 70.
        double[][] rows = [[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 1], [0, 0, 0, 0, 0]];
        string[] track =
        [
            "00 FF5103 07A120",       // 500 000 microseconds a quarter
            "00 903C50",
            "8360 803C50", "00 903E50", "00 904050",
            "8170 803E50", "00 804050",
            "8170 FF2F00",
        ];
        string body = string.Concat(track).Replace(" ", "", StringComparison.Ordinal);
        string header = "4D546864" + "00000006" + "0000" + "0001" + "01E0", expected = header + "4D54726B" + "00000026" + body;
        Assert.Equal(expected, Convert.ToHexString(MidiFile.Encode(rows, 60)));
    }

    [Fact]
    public void Nothing_is_a_file_without_notes() => Assert.Equal(
        "4D546864000000060000000101E0" + "4D54726B0000000B" + "00FF51030F4240" + "00FF2F00",
        Convert.ToHexString(MidiFile.Encode([], 60, quartersPerMinute: 60)));

    [Theory]
    [InlineData(1, 1, 60)]
    [InlineData(30, 88, 21)]
    [InlineData(200, 128, 0)]
    [InlineData(5, 1, 127)]
    public void A_file_that_is_read_back_gives_the_roll(int steps, int width, int lowest)
    {
        var random = new Random(steps);
        double[][] rows = [.. Enumerable.Range(0, steps).Select(_ => Enumerable.Range(0, width)
            .Select(_ => random.Next(4) == 0 ? 1.0 : 0).ToArray())];
        foreach (int stepsPerQuarter in (int[])[1, 2, 4, 480])
            Assert.Equal(rows, Read(MidiFile.Encode(rows, lowest, 97, stepsPerQuarter), lowest, width, 480 / stepsPerQuarter));
    }

    [Fact]
    public void A_long_silence_is_kept_and_one_that_is_too_long_is_refused()
    {
        double[][] rows = [.. Enumerable.Range(0, 100_000).Select(t => new double[] { t == 99_999 ? 1 : 0 })];
        Assert.Equal(rows, Read(MidiFile.Encode(rows, 60), 60, 1, 240));
        double[] silence = [0];
        double[][] longer = [.. Enumerable.Repeat(silence, 0x0FFFFFFF / 480 + 1)];
        string message = Assert.Throws<BadInputException>(() => MidiFile.Encode(longer, 60, stepsPerQuarter: 1)).Message;
        Assert.Contains("a MIDI file can wait", message);
    }

    [Fact]
    public void What_no_file_can_hold_is_refused()
    {
        Assert.Contains("expected 0 to 127", Assert.Throws<BadInputException>(() => MidiFile.Encode([new double[88]], 41)).Message);
        Assert.Throws<BadInputException>(() => MidiFile.Encode([new double[2]], -1));
        Assert.Contains("step 2, column 1", Assert.Throws<BadInputException>(() => MidiFile.Encode([[0], [double.NaN]], 60)).Message);
        Assert.Throws<ArgumentException>(() => MidiFile.Encode([[0], [0, 1]], 60));
        foreach (int steps in (int[])[0, 7, 481]) Assert.Throws<ArgumentOutOfRangeException>(() => MidiFile.Encode([], 60, 120, steps));
        foreach (double tempo in (double[])[0, -5, 3.5, double.NaN, double.PositiveInfinity, 1e9])
            Assert.Throws<ArgumentOutOfRangeException>(() => MidiFile.Encode([], 60, tempo));
    }

    // A reader of its own: chunks, delays, meta events, running status.
    static double[][] Read(byte[] file, int lowest, int width, int ticksPerStep)
    {
        Assert.Equal("MThd"u8, file.AsSpan(0, 4));
        Assert.Equal((6, 0, 1, 480), (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4)), file[8] << 8 | file[9], file[10] << 8 | file[11],
            file[12] << 8 | file[13]));
        Assert.Equal("MTrk"u8, file.AsSpan(14, 4));
        Assert.Equal(file.Length - 22, BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(18)));
        var rows = new List<double[]>();
        var isOn = new bool[width];
        int at = 22, status = 0;
        while (true)
        {
            int delay = Variable();
            Assert.Equal(0, delay % ticksPerStep);
            for (int k = 0; k < delay / ticksPerStep; k++) rows.Add([.. isOn.Select(on => on ? 1.0 : 0)]);
            if (file[at] >= 0x80) status = file[at++];
            if (status == 0xFF)
            {
                int kind = file[at++], length = Variable();
                at += length;
                if (kind != 0x2F) continue;
                Assert.Equal(file.Length, at);
                Assert.DoesNotContain(true, isOn);
                return [.. rows];
            }
            bool begins = (status & 0xF0) == 0x90 && file[at + 1] > 0;
            int column = file[at] - lowest;
            Assert.NotEqual(begins, isOn[column]);
            isOn[column] = begins;
            at += 2;
        }

        int Variable()
        {
            int value = 0;
            do value = value << 7 | (file[at] & 0x7F);
            while ((file[at++] & 0x80) != 0);
            return value;
        }
    }
}
