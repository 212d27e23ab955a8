using System.Text;

namespace Boltzmann.Data;

/// <summary>Reads class labels from an NPY array: whole numbers from 0, which name themselves, or texts.</summary>
static class ArrayLabels
{
    /// <summary>The class of each row, and the names of the classes.</summary>
    /// <exception cref="BadInputException">The array is not one of labels.</exception>
    public static (int[] Labels, IReadOnlyList<string> Names) Read(InputBytes input)
    {
        NpyHeader header = NpyHeader.Read(input);
        ArrayShape shape = ArrayShape.Check(input, header.Axes, header.Format.Bytes);
        if (!header.Format.IsText)
        {
            int[] labels = ClassLabels.Of(ArrayReader.Read(input, shape, header.Format, header.Fortran, scale: 1), input.Name);
            return (labels, ClassLabels.Names(labels));
        }
        if (shape.Columns != 1) throw new BadInputException($"{input.Name}: has {shape.Columns} columns, expected one label per row");
        var buffer = new LabelBuffer(null);
        var bytes = new byte[header.Format.Bytes];
        for (int r = 0; r < shape.Rows; r++)
        {
            input.Read(bytes, "the entries");
            string label = Text(bytes, header.Format);
            if (label == "") throw new BadInputException($"{input.Name}: row {r + 1} has no label");
            buffer.Add(label, () => $"{input.Name}: row {r + 1}:");
        }
        input.RequireEnd();
        return buffer.Finish();
    }

    // Texts of a fixed length, filled up with zeros: four bytes a character, or one.
    static string Text(byte[] bytes, ElementFormat format)
    {
        Encoding encoding = format.Kind == ElementKind.Bytes ? Encoding.UTF8 : new UTF32Encoding(format.BigEndian, byteOrderMark: false);
        return encoding.GetString(bytes).TrimEnd('\0');
    }
}
