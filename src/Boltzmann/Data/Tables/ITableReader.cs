namespace Boltzmann.Data;

/// <summary>A table of text, read row by row: fields as they stand, numbers by its decimal sign, gaps by what it calls missing.</summary>
public interface ITableReader : IDisposable
{
    /// <summary>The file, in messages.</summary>
    string Name { get; }

    /// <summary>Names of the columns; null where there is no header.</summary>
    IReadOnlyList<string>? Names { get; }

    /// <summary>Number of columns.</summary>
    int Columns { get; }

    /// <summary>Goes to the next row, the first at first.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="BadInputException">It has another number of columns, or is not well-formed.</exception>
    bool Read();

    /// <summary>A field of the row.</summary>
    string Text(int column);

    /// <summary>Whether the field has no value.</summary>
    bool IsMissing(int column);

    /// <summary>The field as a finite number.</summary>
    /// <returns>Whether it is one.</returns>
    bool TryNumber(int column, out double value);

    /// <summary>Where the field is, to begin a message with: file, line and column.</summary>
    string Where(int column);
}
