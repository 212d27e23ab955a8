using System.Buffers;
using System.Text.Json;

namespace Boltzmann.Data;

/// <summary>The sequences of one part of a file of piano rolls, as bits.</summary>
sealed class PianoRollPart(string file, string? part, SequenceOptions options)
{
    readonly int width = options.HighestPitch - options.LowestPitch + 1;
    readonly ArrayBufferWriter<byte> bits = new();
    readonly List<int> first = [];
    int steps;

    // What a message begins with.
    string Place(bool hasStep) => $"{file}: {(part is null ? "" : part + ", ")}sequence {first.Count}"
        + (hasStep ? $", step {steps - first[^1] + 1}" : "");

    /// <summary>Reads a list of sequences, at whose beginning the reader stands.</summary>
    public Sequences Read(ref Utf8JsonReader json)
    {
        string whole = part is null ? file : $"{file}: {part}";
        Require(ref json, whole, "a list of sequences");
        while (Next(ref json))
        {
            first.Add(steps);
            Require(ref json, Place(false), "a list of steps");
            while (Next(ref json)) ReadStep(ref json);
            if (steps == first[^1]) throw new BadInputException($"{Place(false)} has no steps");
        }
        if (first.Count == 0) throw new BadInputException($"{whole} has no sequences");
        string name = Path.GetFileName(file);
        var data = new Dataset(name, new ByteRows(bits.WrittenSpan.ToArray(), width, scale: 1))
        {
            ColumnNames = [.. Enumerable.Range(options.LowestPitch, width).Select(pitch => $"{pitch}")],
        };
        return new(data, first) { LowestPitch = options.LowestPitch };
    }

    void ReadStep(ref Utf8JsonReader json)
    {
        Require(ref json, Place(true), "a list of pitches");
        if ((long)bits.WrittenCount + width > Array.MaxLength)
            throw new BadInputException($"{Place(true)}: so many steps do not fit into memory: expected fewer");
        Span<byte> row = bits.GetSpan(width)[..width];
        row.Clear();
        while (Next(ref json))
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetDouble(out double pitch) || pitch != Math.Floor(pitch))
                throw new BadInputException($"{Place(true)}: {Quoted.Text(json.ValueSpan)} is not a pitch: expected whole numbers from "
                    + $"{options.LowestPitch} to {options.HighestPitch}");
            if (pitch < options.LowestPitch || pitch > options.HighestPitch)
                throw new BadInputException($"{Place(true)}: the pitch {pitch} is outside {options.LowestPitch} to "
                    + $"{options.HighestPitch} (--low, --high)");
            row[(int)pitch - options.LowestPitch] = 1;
        }
        bits.Advance(width);
        steps++;
    }

    static bool Next(ref Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.EndArray;

    static void Require(ref Utf8JsonReader json, string place, string what)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw new BadInputException($"{place} is not a list: expected {what}");
    }
}
