using System.Text.Json.Nodes;

namespace Boltzmann.Ratings;

/// <summary>
/// A trained machine of ratings, ready to be asked in the names of users and items. Cases may be others than those it learned from: a
/// machine by item takes items it has never met, rated by users it knows, and one by user takes new users.
/// </summary>
public sealed class TrainedRatings
{
    /// <summary>What a model file tells of ratings, beside how it was trained.</summary>
    internal const string Key = "ratings";
    const string ValuesKey = "values", UnitsKey = "units", ByItemKey = "by-item";

    readonly Dictionary<string, int> numberOf = new(StringComparer.Ordinal);

    TrainedRatings(string path, RatingMachine machine, ModelDescription description, bool byItem, IReadOnlyList<string> units)
    {
        (Path, Machine, Description, ByItem, UnitNames) = (path, machine, description, byItem, units);
        for (int u = 0; u < units.Count; u++) numberOf[units[u]] = u;
    }

    /// <summary>Whether a file holds a machine of ratings.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <exception cref="BadInputException">There is none, or it cannot be read.</exception>
    public static bool IsOf(string path) => ModelFile.Describe(RunFolder.FindModel(path)).Training?[Key] is JsonObject;

    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file, a checkpoint, or the folder of a run.</param>
    /// <exception cref="BadInputException">There is none, or it is no machine of ratings; the message says why.</exception>
    public static TrainedRatings Load(string path)
    {
        path = RunFolder.FindModel(path);
        ModelDescription description = ModelFile.Describe(path);
        if (description.Training?[Key] is not JsonObject facts)
            throw new BadInputException($"{path}: is no machine of ratings; expected a run of train ratings");
        if (facts[ValuesKey] is not JsonArray levels || facts[UnitsKey] is not JsonArray names || facts[ByItemKey] is not JsonValue by
            || levels.Contains(null) || names.Contains(null))
            throw new BadInputException($"{path}: says of its ratings not what levels are worth, whose they are, or which way round");
        try
        {
            double[] values = [.. levels.Select(x => x!.GetValue<double>())];
            string[] units = [.. names.Select(x => x!.GetValue<string>())];
            EnergyModel model = description.Kind == ModelKind.Rbm ? ModelFile.LoadRbm(path, Placement.Default)
                : ModelFile.LoadLayered(path, Placement.Default);
            var machine = new RatingMachine(model, values);
            if (units.Length != machine.Units) throw new ArgumentException($"{units.Length} names of {machine.Units} units");
            return new(path, machine, description, by.GetValue<bool>(), units);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"{path}: what it says of its ratings does not fit its layers: {e.Message}", e);
        }
    }

    /// <summary>What a model file keeps of a machine's ratings.</summary>
    internal static JsonObject Facts(RatingMachine machine, bool byItem, IReadOnlyList<string> units) => new()
    {
        [ByItemKey] = byItem,
        [ValuesKey] = new JsonArray([.. machine.Values.Select(x => (JsonNode?)x)]),
        [UnitsKey] = new JsonArray([.. units.Select(x => (JsonNode?)x)]),
    };

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The machine.</summary>
    public RatingMachine Machine { get; }

    /// <summary>Layers, and how it was trained.</summary>
    public ModelDescription Description { get; }

    /// <summary>Whether items are the cases and users the units.</summary>
    public bool ByItem { get; }

    /// <summary>Users, or items, that it has weights for.</summary>
    public IReadOnlyList<string> UnitNames { get; }

    /// <summary>The data it learned from, as the run was told.</summary>
    public string? Data => Description.Training?["data"]?.GetValue<string>();

    /// <summary>Which columns those have.</summary>
    public RatingColumns Columns => new()
    {
        User = Description.Training?["user"]?.GetValue<string>(),
        Item = Description.Training?["item"]?.GetValue<string>(),
        Rating = Description.Training?["rating"]?.GetValue<string>(),
        Time = Description.Training?["time"]?.GetValue<string>(),
        Delimiter = RatingColumns.DelimiterOf(Description.Training?["delimiter"]?.GetValue<string>()),
    };

    /// <summary>
    /// E[rating] of each entry that is asked for, given the known ratings; NaN where the machine has no weights for its unit.
    /// </summary>
    /// <param name="known">What it is told.</param>
    /// <param name="asked">The entries; their values are not looked at.</param>
    /// <param name="rated">Entries known to have a rating whatever it is, beside the known ones; null for none. Nothing without D.</param>
    /// <param name="threads">Threads; 0 for all cores.</param>
    /// <exception cref="BadInputException">An entry is asked for and known, a rating is none of the machine's levels, or an entry is there
    /// twice.</exception>
    public double[] Predict(RatingList known, RatingList asked, RatingList? rated = null, int threads = 0)
    {
        var cases = new Dictionary<string, int>(StringComparer.Ordinal);
        RatingTable told = Table(known, cases, Machine.Values, out _), wanted = Table(asked, cases, null, out int[] placeOf);
        int[][]? also = rated is null || !Machine.IsConditional ? null : AlsoRated(told, Table(rated, cases, null, out _), cases.Count);
        told = told.WithCases(cases.Count);
        RequireUnknown(told, wanted, asked, cases);
        double[] expected = RatingPrediction.Expected(Machine, told, wanted.WithCases(cases.Count), also, threads), ofAsked =
            new double[asked.Count];
        for (int n = 0; n < asked.Count; n++) ofAsked[n] = placeOf[n] < 0 ? double.NaN : expected[placeOf[n]];
        return ofAsked;
    }

    /// <summary>
    /// Items that a user has not rated, the highest expected rating first. Of items with few ratings little is known, and the highest
    /// expectations are often theirs.
    /// </summary>
    /// <param name="known">What the machine is told: the ratings it learned from, those of the user among them.</param>
    /// <param name="user">The user.</param>
    /// <param name="least">Ratings that an item must have.</param>
    /// <exception cref="BadInputException">The user has no ratings, or the machine does not know him; or as for
    /// <see cref="Predict"/>.</exception>
    public IReadOnlyList<Recommendation> Recommend(RatingList known, string user, int least = 1)
    {
        int number = Enumerable.Range(0, known.UserNames.Count).FirstOrDefault(u => known.UserNames[u] == user, -1);
        if (number < 0 || (ByItem && !numberOf.ContainsKey(user)))
            throw new BadInputException($"the user {Quoted.Text(user)} has no ratings in {(number < 0 ? known.Source : Path)}");
        var cases = new Dictionary<string, int>(StringComparer.Ordinal);
        RatingTable told = Table(known, cases, Machine.Values, out _);
        HashSet<int> own = [.. Enumerable.Range(0, known.Count).Where(n => known.Users[n] == number).Select(n => known.Items[n])];
        var inputs = new float[Machine.Width];
        if (!ByItem) SetInputs(told, number, inputs);
        return Ordered(known, least, own, item =>
        {
            if (ByItem) SetInputs(told, item, inputs);
            return Machine.Expected(ByItem ? numberOf[user] : numberOf[known.ItemNames[item]], inputs);
        });
    }

    /// <summary>Items for somebody new who has rated some, the highest expected rating first.</summary>
    /// <param name="known">What the machine is told of others: the ratings it learned from.</param>
    /// <param name="likes">Items, and how each was rated: levels of the machine.</param>
    /// <param name="least">Ratings that an item must have.</param>
    /// <exception cref="BadInputException">An item has no ratings, a rating is no level, or an item is there twice.</exception>
    public IReadOnlyList<Recommendation> Recommend(RatingList known, IReadOnlyList<(string Item, double Rating)> likes, int least = 1)
    {
        var items = known.ItemNames.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);
        foreach (var (item, _) in likes)
            if (!items.ContainsKey(item) || (!ByItem && !numberOf.ContainsKey(item)))
                throw new BadInputException($"the item {Quoted.Text(item)} has no ratings in {known.Source}");
        var own = new RatingList("the ratings given", [.. likes.Select(_ => 0)], [.. likes.Select(l => items[l.Item])],
            [.. likes.Select(l => (float)l.Rating)], null, ["the new user"], known.ItemNames);
        byte[] levels = own.LevelsIn(Machine.Values);
        HashSet<int> liked = [.. own.Items];
        var inputs = new float[Machine.Width];
        if (!ByItem)
        {
            Machine.SetInputs([.. own.Items.Select(i => numberOf[known.ItemNames[i]])], levels, [], inputs);
            return Ordered(known, least, liked, item => Machine.Expected(numberOf[known.ItemNames[item]], inputs));
        }
        RatingTable told = Table(known, new(StringComparer.Ordinal), Machine.Values, out _);
        var newcomer = RatingNewcomer.Of(Machine, [.. own.Items.Select(i => Means(i).ToArray())], levels);
        return Ordered(known, least, liked, item => newcomer.Expected(Means(item)));

        ReadOnlySpan<float> Means(int item)
        {
            SetInputs(told, item, inputs);
            Machine.SetMeans(inputs);
            return inputs;
        }
    }

    void SetInputs(RatingTable told, int number, Span<float> inputs) =>
        Machine.SetInputs(told.UnitsOf(number), told.LevelsOf(number), [], inputs);

    List<Recommendation> Ordered(RatingList known, int least, HashSet<int> own, Func<int, double> expected)
    {
        var counts = new int[known.ItemNames.Count];
        foreach (int item in known.Items) counts[item]++;
        return [.. Enumerable.Range(0, counts.Length)
            .Where(i => counts[i] >= least && !own.Contains(i) && (ByItem || numberOf.ContainsKey(known.ItemNames[i])))
            .Select(i => new Recommendation(known.ItemNames[i], expected(i), counts[i]))
            .OrderByDescending(r => r.Rating).ThenBy(r => r.Item, StringComparer.Ordinal)];
    }

    /// <summary>Names of units in a list that the machine has no weights for.</summary>
    public IReadOnlyList<string> Strangers(RatingList ratings)
    {
        IReadOnlyList<string> names = ByItem ? ratings.UserNames : ratings.ItemNames;
        return [.. (ByItem ? ratings.Users : ratings.Items).Distinct().Select(u => names[u]).Where(name => !numberOf.ContainsKey(name))];
    }

    // By the machine's units; where each entry of the list stands in the table, −1 where its unit is none.
    RatingTable Table(RatingList list, Dictionary<string, int> cases, IReadOnlyList<double>? values, out int[] placeOf)
    {
        int[] caseOf = ByItem ? list.Items : list.Users, unitOf = ByItem ? list.Users : list.Items;
        IReadOnlyList<string> caseNames = ByItem ? list.ItemNames : list.UserNames, unitNames = ByItem ? list.UserNames : list.ItemNames;
        int[] caseNumbers = [.. caseNames.Select(name => cases.TryGetValue(name, out int number) ? number : cases[name] = cases.Count)];
        int[] unitNumbers = [.. unitNames.Select(name => numberOf.GetValueOrDefault(name, -1))];
        byte[] levels = list.LevelsIn(values);
        int[] kept = [.. Enumerable.Range(0, list.Count).Where(n => unitNumbers[unitOf[n]] >= 0)];
        var table = new RatingTable([.. kept.Select(n => caseNumbers[caseOf[n]])], [.. kept.Select(n => unitNumbers[unitOf[n]])],
            [.. kept.Select(n => levels[n])], cases.Count, Machine.Units);
        placeOf = new int[list.Count];
        Array.Fill(placeOf, -1);
        foreach (int n in kept)
        {
            int number = caseNumbers[caseOf[n]];
            placeOf[n] = table.FirstOf(number) + table.UnitsOf(number).BinarySearch(unitNumbers[unitOf[n]]);
        }
        return table;
    }

    static int[][] AlsoRated(RatingTable told, RatingTable rated, int cases) => [.. Enumerable.Range(0, cases).Select(c =>
        c >= rated.Cases ? [] : c >= told.Cases ? rated.UnitsOf(c).ToArray()
            : rated.UnitsOf(c).ToArray().Except(told.UnitsOf(c).ToArray()).Order().ToArray())];

    void RequireUnknown(RatingTable told, RatingTable wanted, RatingList asked, Dictionary<string, int> cases)
    {
        foreach (var (name, c) in cases)
        {
            if (c >= wanted.Cases) continue;
            foreach (int unit in wanted.UnitsOf(c))
            {
                if (told.UnitsOf(c).BinarySearch(unit) < 0) continue;
                (string user, string item) = ByItem ? (UnitNames[unit], name) : (name, UnitNames[unit]);
                throw new BadInputException($"{asked.Source}: the rating of item {Quoted.Text(item)} by user {Quoted.Text(user)} is asked "
                    + "for and known: a machine that is told the answer predicts nothing");
            }
        }
    }

    /// <summary>"rbm, 610 users × 10 levels, 100 hidden".</summary>
    public override string ToString() => $"{Description.Model}, {UnitNames.Count:N0} {(ByItem ? "users" : "items")} × {Machine.Levels} "
        + $"levels, {Machine.Hidden} hidden{(Machine.IsConditional ? ", conditional" : "")}";
}
