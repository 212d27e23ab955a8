namespace Boltzmann.Ratings;

/// <summary>
/// Reads ratings from text, also gzip, a rating a line: user, item, rating, perhaps a time. Where a header names the columns
/// (<c>userId,movieId,rating,timestamp</c>) they stand anywhere, else they are the first four fields.
/// </summary>
public static class RatingReader
{
    static readonly string[] users = ["user", "userid", "row"], items = ["item", "itemid", "movie", "movieid", "film", "filmid", "column"],
        ratings = ["rating", "value", "score", "stars"], times = ["timestamp", "time"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">CSV, <c>::</c> or tab between fields; - for standard input.</param>
    /// <param name="columns">Which columns; null to find out.</param>
    /// <param name="needsRatings">Whether every line must have a rating; where it need not, missing ones are NaN.</param>
    /// <exception cref="BadInputException">The file is missing or has no ratings, a column that was named is not there, or a line lacks a
    /// field or a finite number; with the line.</exception>
    public static RatingList Read(string path, RatingColumns? columns = null, bool needsRatings = true)
    {
        using InputBytes input = InputBytes.Open(path);
        return new Table(input, columns ?? new(), needsRatings).Read();
    }

    sealed class Table(InputBytes input, RatingColumns stated, bool needsRatings)
    {
        readonly TextLines lines = new(input);
        readonly NameNumbers userNames = new(null), itemNames = new(null);
        readonly List<int> userOf = [], itemOf = [];
        readonly List<float> values = [];
        readonly List<double> timeOf = [];
        readonly List<Range> fields = [];
        int user, item = 1, rating = 2, time = 3;

        public RatingList Read()
        {
            FieldSplitter? splitter = null;
            while (lines.Next(out ReadOnlySpan<byte> line))
            {
                if (line.Trim(" \t"u8).IsEmpty) continue;
                bool isFirst = splitter is null;
                splitter ??= FieldSplitter.Of(line, stated.Delimiter);
                if (!splitter.Split(line, fields))
                    throw new BadInputException($"{lines.Where}: a quotation mark without end: expected fields between delimiters");
                if (!isFirst || !TakeHeader(line)) Add(line);
            }
            if (userOf.Count == 0) throw new BadInputException($"{input.Name}: has no ratings");
            var (userPlaces, userList) = userNames.Finish();
            var (itemPlaces, itemList) = itemNames.Finish();
            return new(Path.GetFileName(input.Name), [.. userOf.Select(u => userPlaces[u])], [.. itemOf.Select(i => itemPlaces[i])],
                [.. values], time < 0 ? null : [.. timeOf], userList, itemList);
        }

        bool TakeHeader(ReadOnlySpan<byte> line)
        {
            string[] names = new string[fields.Count];
            for (int f = 0; f < names.Length; f++) names[f] = FieldSplitter.Text(line[fields[f]]);
            string?[] asked = [stated.User, stated.Item, stated.Rating, stated.Time];
            bool isHeader = asked.Any(name => name is not null) || (Find(names, null, users) >= 0 && Find(names, null, items) >= 0);
            if (!isHeader)
            {
                if (names.Length < (needsRatings ? 3 : 2))
                    throw new BadInputException($"{lines.Where}: has {names.Length} fields: expected user, item"
                        + (needsRatings ? " and rating" : ""));
                if (names.Length < 3) rating = -1;
                if (names.Length < 4) time = -1;
                return false;
            }
            user = Required(names, stated.User, users, "user");
            item = Required(names, stated.Item, items, "item");
            rating = needsRatings || stated.Rating is not null ? Required(names, stated.Rating, ratings, "rating")
                : Find(names, null, ratings);
            time = stated.Time is not null ? Required(names, stated.Time, times, "time") : Find(names, null, times);
            return true;
        }

        int Required(string[] names, string? name, string[] usual, string what) => Find(names, name, usual) is >= 0 and int place ? place
            : throw new BadInputException($"{lines.Where}: the columns are {string.Join(", ", names.Select(n => Quoted.Text(n)))}, and "
                + (name is null ? $"none is known to be the {what}; expected --{what} NAME" : $"none is {Quoted.Text(name)}"));

        static int Find(string[] names, string? name, string[] usual) => name is not null ? Array.IndexOf(names, name)
            : Array.FindIndex(names, own => usual.Contains(own.Replace("_", "", StringComparison.Ordinal).Trim().ToLowerInvariant()));

        void Add(ReadOnlySpan<byte> line)
        {
            int needed = Math.Max(Math.Max(user, item), Math.Max(rating, time)) + 1;
            if (fields.Count < needed) throw new BadInputException($"{lines.Where}: has {fields.Count} fields, expected at least {needed}");
            double value = rating < 0 ? double.NaN : Number(line, rating, "rating"), when = time < 0 ? 0 : Number(line, time, "time");
            if (userOf.Count == Array.MaxLength / 2)
                throw new BadInputException($"{lines.Where}: more than {Array.MaxLength / 2} ratings do not fit into memory");
            userOf.Add(userNames.Of(Name(line, user, "user")));
            itemOf.Add(itemNames.Of(Name(line, item, "item")));
            values.Add((float)value);
            if (time >= 0) timeOf.Add(when);
        }

        double Number(ReadOnlySpan<byte> line, int field, string what)
        {
            ReadOnlySpan<byte> text = FieldSplitter.Bare(line[fields[field]]);
            if (TextTokens.IsValue(text, out double value)) return value;
            throw new BadInputException($"{lines.Where}, field {field + 1}: found {TextTokens.Quote(line[fields[field]])}: expected a "
                + $"finite number as the {what}");
        }

        string Name(ReadOnlySpan<byte> line, int field, string what)
        {
            string name = FieldSplitter.Text(line[fields[field]]);
            return name.Length > 0 ? name : throw new BadInputException($"{lines.Where}, field {field + 1}: is empty: expected the name of "
                + $"{(what == "item" ? "an" : "a")} {what}");
        }
    }
}
