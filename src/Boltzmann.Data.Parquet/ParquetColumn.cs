using Parquet;
using Parquet.Schema;

namespace Boltzmann.Data;

/// <summary>A column of a Parquet file, of which the values of one row group are held.</summary>
abstract class ParquetColumn
{
    /// <summary>What its fields are where no model learns them; null where they can be used.</summary>
    public string? Unusable { get; init; }

    /// <summary>Whether its values are numbers.</summary>
    public virtual bool IsNumber => false;

    /// <summary>Whether the values of the row group are here.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>The column of a field of the schema.</summary>
    public static ParquetColumn Of(Field field) => field is not DataField data || data.IsArray || data.MaxRepetitionLevel > 0
        ? new NestedColumn
        {
            Unusable = field.SchemaType is SchemaType.Struct ? "an object" : field.SchemaType is SchemaType.Map ? "a map"
            : "a list"
        }
        : OfType(data, data.ClrType);

    /// <summary>Reads the values of a row group.</summary>
    public void Load(ParquetRowGroupReader group, int rows)
    {
        LoadAll(group, rows);
        IsLoaded = true;
    }

    /// <summary>What is here is of another row group.</summary>
    public void Forget() => IsLoaded = false;

    /// <summary>Whether a row has no value, or NaN.</summary>
    public abstract bool IsNull(int row);

    /// <summary>A value as text, "" for none; null where it has no such form.</summary>
    public abstract string? Text(int row);

    /// <summary>The same as UTF-8, until the next call.</summary>
    public abstract ReadOnlySpan<byte> Utf8(int row);

    /// <summary>A value as a finite number, if it is one.</summary>
    public abstract bool TryNumber(int row, out double value);

    private protected abstract void LoadAll(ParquetRowGroupReader group, int rows);

    /// <summary>
    /// The values of a row group. Of a column that cannot have nulls Parquet.Net 6.1.0 leaves it to chance which values it calls null when
    /// it is asked for some, so such a column is read without.
    /// </summary>
    private protected static T?[] Values<T>(ParquetRowGroupReader group, DataField field, int rows)
        where T : struct
    {
        var values = new T?[rows];
        if (field.IsNullable)
        {
            group.ReadAsync<T>(field, values.AsMemory()).AsTask().GetAwaiter().GetResult();
            return values;
        }
        var known = new T[rows];
        group.ReadAsync<T>(field, known.AsMemory()).AsTask().GetAwaiter().GetResult();
        for (int row = 0; row < rows; row++) values[row] = known[row];
        return values;
    }

    static ParquetColumn OfType(DataField field, Type type) =>
        type == typeof(bool) ? new TruthColumn(field)
        : type == typeof(sbyte) ? new NumberColumn<sbyte>(field)
        : type == typeof(byte) ? new NumberColumn<byte>(field)
        : type == typeof(short) ? new NumberColumn<short>(field)
        : type == typeof(ushort) ? new NumberColumn<ushort>(field)
        : type == typeof(int) ? new NumberColumn<int>(field)
        : type == typeof(uint) ? new NumberColumn<uint>(field)
        : type == typeof(long) ? new NumberColumn<long>(field)
        : type == typeof(ulong) ? new NumberColumn<ulong>(field)
        : type == typeof(float) ? new NumberColumn<float>(field)
        : type == typeof(double) ? new NumberColumn<double>(field)
        : type == typeof(decimal) ? new NumberColumn<decimal>(field)
        : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? new TextColumn(field)
        : type == typeof(Guid) ? new FormattedColumn<Guid>(field, "D")
        : type == typeof(DateTime) ? new FormattedColumn<DateTime>(field, "yyyy-MM-ddTHH:mm:ss.FFFFFFF") { Unusable = "a date" }
        : type == typeof(TimeSpan) ? new FormattedColumn<TimeSpan>(field, "c") { Unusable = "a time" }
        : type == typeof(TimeOnly) ? new FormattedColumn<TimeOnly>(field, "HH:mm:ss.FFFFFFF") { Unusable = "a time" }
        : new NestedColumn { Unusable = type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) ? "bytes" : $"of type {type.Name}" };
}
