using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Boltzmann.Data;

/// <summary>
/// The header of an NPY file: magic, version, length, and a Python dictionary such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>. Reads that dictionary and no other Python.
/// </summary>
readonly record struct NpyHeader(ElementFormat Format, bool Fortran, long[] Axes)
{
    const int MostCharacters = 1 << 16;
    const int MostBytes = 1 << 16;   // NumPy itself writes 118, and refuses headers above 10,000 characters.

    public static NpyHeader Read(InputBytes input)
    {
        Span<byte> start = stackalloc byte[12];
        input.Read(start[..8], "the header");
        if (!IsMagic(start)) throw new BadInputException($"{input.Name}: begins with 0x{Convert.ToHexString(start[..6])}, expected NPY");
        if (start[6] is < 1 or > 3)
            throw new BadInputException($"{input.Name}: NPY version {start[6]}.{start[7]}, expected 1.0, 2.0 or 3.0");
        int lengthBytes = start[6] == 1 ? 2 : 4;
        input.Read(start.Slice(8, lengthBytes), "the header");
        long length = lengthBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > MostBytes || length > input.Most - input.Position)
            throw new BadInputException($"{input.Name}: a header of {length} bytes is longer than the file or than {MostBytes}");
        var bytes = new byte[length];
        input.Read(bytes, "the header");
        return new Parser(Encoding.UTF8.GetString(bytes), input.Name).Header();
    }

    static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    ref struct Parser(ReadOnlySpan<char> text, string name)
    {
        readonly ReadOnlySpan<char> text = text;
        int at;

        public NpyHeader Header()
        {
            ElementFormat? format = null;
            bool? fortran = null;
            long[]? axes = null;
            Expect('{');
            while (!Accept('}'))
            {
                string key = String();
                Expect(':');
                switch (key)
                {
                    case "descr" when format is null:
                        format = Format();
                        break;
                    case "fortran_order" when fortran is null:
                        fortran = Boolean();
                        break;
                    case "shape" when axes is null:
                        axes = Shape();
                        break;
                    default:
                        throw Bad($"the key {Quoted.Text(key)}");
                }
                if (!Accept(',') && Peek() != '}') throw Bad("no comma");
            }
            if (Peek() != '\0') throw Bad("text after the dictionary");
            return new(format ?? throw Bad("no 'descr'"), fortran ?? throw Bad("no 'fortran_order'"), axes ?? throw Bad("no 'shape'"));
        }

        ElementFormat Format()
        {
            if (Peek() is '[' or '(') throw new BadInputException($"{name}: holds records of several fields, expected an array of numbers");
            string type = String();
            string code = type.TrimStart('<', '>', '|', '=');
            if (code.StartsWith('O'))
                throw new BadInputException($"{name}: holds Python objects, which are refused: expected an array of numbers");
            bool big = type.StartsWith('>');
            return code switch
            {
                "b1" or "?" => new(ElementKind.Boolean, 1, big),
                "u1" or "u2" or "u4" or "u8" => new(ElementKind.Unsigned, code[1] - '0', big),
                "i1" or "i2" or "i4" or "i8" => new(ElementKind.Signed, code[1] - '0', big),
                "f2" or "f4" or "f8" => new(ElementKind.Float, code[1] - '0', big),
                ['U' or 'S', ..] when int.TryParse(code.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                    && length is > 0 and <= MostCharacters =>
                    code[0] == 'U' ? new(ElementKind.Text, 4 * length, big) : new(ElementKind.Bytes, length, big),
                _ => throw new BadInputException($"{name}: holds numbers of type {Quoted.Text(type)}: expected b1, u1..u8, i1..i8, f2, f4 "
                    + "or f8"),
            };
        }

        bool Boolean()
        {
            if (AcceptWord("True")) return true;
            if (AcceptWord("False")) return false;
            throw Bad("'fortran_order' neither True nor False");
        }

        long[] Shape()
        {
            var axes = new List<long>();
            Expect('(');
            while (!Accept(')'))
            {
                Peek();
                int start = at;
                while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
                if (!long.TryParse(text[start..at], NumberStyles.None, CultureInfo.InvariantCulture, out long axis))
                    throw Bad("a length in 'shape' that is not a number below 2^63");
                axes.Add(axis);
                if (at < text.Length && text[at] == 'L') at++;   // Python 2 wrote long integers so.
                if (!Accept(',') && Peek() != ')') throw Bad("no comma in 'shape'");
            }
            return [.. axes];
        }

        string String()
        {
            char quote = Peek();
            if (quote is not ('\'' or '"')) throw Bad("a string missing");
            int end = text[(at + 1)..].IndexOf(quote);
            if (end < 0) throw Bad("a string without end");
            string value = text.Slice(at + 1, end).ToString();
            at += end + 2;
            return value;
        }

        char Peek()
        {
            while (at < text.Length && (text[at] is ' ' or '\n' or '\t' or '\r')) at++;
            return at < text.Length ? text[at] : '\0';
        }

        bool Accept(char expected)
        {
            if (Peek() != expected) return false;
            at++;
            return true;
        }

        bool AcceptWord(string word)
        {
            Peek();
            if (!text[at..].StartsWith(word)) return false;
            at += word.Length;
            return true;
        }

        void Expect(char expected)
        {
            if (!Accept(expected)) throw Bad($"no '{expected}'");
        }

        readonly BadInputException Bad(string what) =>
            new($"{name}: the NPY header has {what} (character {at + 1}): expected {{'descr': …, 'fortran_order': …, 'shape': …}}");
    }
}
