namespace Boltzmann.Searching;

/// <summary>
/// What a search has to satisfy: hypotheses, each true or false, what speaks for and against them, and constraints among them. E =
/// objective + Σ weights of violations; a problem of constraints alone has E = 0 exactly where all hold. Hypotheses are known by their
/// names.
/// </summary>
public sealed partial class Problem
{
    readonly List<string> names = [];
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly List<IntegerVariable> integers = [];
    readonly Dictionary<string, SpinVariable> spins = new(StringComparer.Ordinal);
    readonly List<ProblemConstraint> constraints = [];
    readonly BinaryEnergyBuilder objective = new();
    readonly SortedDictionary<int, bool> required = [], clamped = [];
    bool? isMaximised;

    /// <summary>Number of hypotheses, the bits of integers included.</summary>
    public int Variables => names.Count;

    /// <summary>All integers, in the order in which they were added.</summary>
    public IReadOnlyList<IntegerVariable> Integers => integers;

    /// <summary>All constraints, those that come with integers included.</summary>
    public IReadOnlyList<ProblemConstraint> Constraints => constraints;

    /// <summary>Whether the objective is as large as possible where the energy is lowest.</summary>
    public bool IsMaximised => isMaximised == true;

    /// <summary>Whether anything but constraints has an energy.</summary>
    public bool HasObjective => ObjectiveEnergy() is var energy && (energy.Pairs > 0 || energy.Linear.ContainsAnyExcept(0.0));

    /// <summary>The hypothesis of a name.</summary>
    /// <exception cref="KeyNotFoundException">No hypothesis has it.</exception>
    public Hypothesis this[string name] => numbers.TryGetValue(name, out int number) ? new(this, number)
        : throw new KeyNotFoundException($"no hypothesis is called {name}");

    /// <summary>Adds a hypothesis.</summary>
    /// <param name="name">Not used before; not empty, and not beginning with "!", which negates.</param>
    /// <exception cref="ArgumentException">Another name.</exception>
    public Hypothesis Add(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name[0] == '!') throw new ArgumentException($"a name cannot begin with \"!\", which negates: {name}", nameof(name));
        if (!numbers.TryAdd(name, names.Count)) throw new ArgumentException($"a hypothesis is called {name} already", nameof(name));
        objective.AddVariables(1);
        names.Add(name);
        return new(this, names.Count - 1);
    }

    /// <summary>
    /// Adds a spin, s = 2x − 1 with a hypothesis x of the same name: the same energy in both forms, so the same temperatures.
    /// </summary>
    /// <exception cref="ArgumentException">As <see cref="Add"/>.</exception>
    public SpinVariable Spin(string name)
    {
        var spin = new SpinVariable(Add(name));
        spins.Add(name, spin);
        return spin;
    }

    /// <summary>Adds an integer and the hypotheses that it is made of.</summary>
    /// <param name="name">Not used before; <see cref="IntegerVariable.Name"/> says what its hypotheses are called.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest.</param>
    /// <param name="encoding">How it is made. One-hot suits costs of single values and differences, binary large ranges.</param>
    /// <exception cref="ArgumentException">high is not above low, or a name is in use.</exception>
    public IntegerVariable Integer(string name, int low, int high, IntegerEncoding encoding = IntegerEncoding.Binary)
    {
        if (high <= low) throw new ArgumentException($"{name} has the values {low} to {high}: high must be above low", nameof(high));
        if (integers.Exists(other => other.Name == name)) throw new ArgumentException($"an integer is called {name} already", nameof(name));
        long range = (long)high - low;
        if (encoding != IntegerEncoding.Binary && range > Constraint.MostSlack)
            throw new ArgumentException(
                $"{name} has {range + 1:N0} values, too many for a hypothesis each; use {nameof(IntegerEncoding.Binary)}");
        long[] factors = encoding switch
        {
            IntegerEncoding.Binary => HelperBits.Factors(range),
            IntegerEncoding.Unary => [.. Enumerable.Repeat(1L, (int)range)],
            _ => [.. Enumerable.Range(0, (int)range + 1).Select(value => (long)value)],
        };
        int first = names.Count;
        for (int k = 0; k < factors.Length; k++) Add($"{name}.{(encoding == IntegerEncoding.OneHot ? (long)low + k : k)}");
        var integer = new IntegerVariable(this, name, low, high, encoding, first, factors);
        integers.Add(integer);
        if (integer.Constraint is Constraint one) Constrain(one, name: $"{name} has one value");
        return integer;
    }

    /// <summary>A hypothesis must hold: it is not searched.</summary>
    /// <exception cref="ArgumentException">The opposite is required or clamped.</exception>
    public void Require(Hypothesis x) => Fix(required, clamped, x, true, "clamped");

    /// <summary>
    /// Evidence: from now on a hypothesis is known. Part of a run, not of the problem, so <see cref="Save(string)"/> leaves it out.
    /// </summary>
    /// <exception cref="ArgumentException">The opposite is required.</exception>
    public void Clamp(Hypothesis x, bool value)
    {
        clamped.Remove(Own(x).Variable);
        Fix(clamped, required, x, value, "required");
    }

    /// <summary>As <see cref="Clamp(Hypothesis, bool)"/>, by name: an integer to a value, a spin to −1 or 1, a hypothesis to 0 or
    /// 1.</summary>
    /// <exception cref="ArgumentException">Another value, or the opposite is required.</exception>
    /// <exception cref="KeyNotFoundException">Nothing has that name.</exception>
    public void Clamp(string name, int value)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (integers.Find(integer => integer.Name == name) is IntegerVariable integer)
        {
            Clamp(integer, value);
            return;
        }
        Hypothesis x = this[name];
        bool isSpin = spins.ContainsKey(name);
        if (value != 1 && value != (isSpin ? -1 : 0))
            throw new ArgumentException($"{name} is {(isSpin ? "-1" : "0")} or 1, not {value}", nameof(value));
        Clamp(x, value == 1);
    }

    /// <summary>Clamps an integer to a value.</summary>
    /// <exception cref="ArgumentException">A value beyond its range, or another one is required.</exception>
    public void Clamp(IntegerVariable integer, int value)
    {
        ArgumentNullException.ThrowIfNull(integer);
        if (value < integer.Low || value > integer.High)
            throw new ArgumentException($"{integer.Name} is from {integer.Low} to {integer.High}, not {value}", nameof(value));
        byte[] bits = new byte[integer.Bits.Count];
        if (integer.Encoding == IntegerEncoding.OneHot) bits[value - integer.Low] = 1;
        else HelperBits.Set(bits, integer.Factors, (long)value - integer.Low);
        for (int k = 0; k < bits.Length; k++) Clamp(integer.Bits[k], bits[k] != 0);
    }

    /// <summary>
    /// What of the hard constraints cannot be kept with what is required and clamped, as far as that shows without a search; null where
    /// nothing shows.
    /// </summary>
    public string? FindContradiction()
    {
        SortedDictionary<int, bool> known = Fixed();
        if (Implication.Of(constraints, Variables, known) is not null) return null;
        ProblemConstraint? alone = constraints.Find(entry => entry.IsHard && Implication.Of([entry], Variables, known) is null);
        return alone is not null ? $"the constraint {Quoted.Text(alone.Name)} cannot hold" : "no state keeps all hard constraints";
    }

    /// <summary>The state of names and values: as <see cref="Clamp(string, int)"/> reads them; what has no value is 0, of a one-hot
    /// integer the lowest.</summary>
    /// <exception cref="ArgumentException">A value that the name cannot have.</exception>
    /// <exception cref="KeyNotFoundException">Nothing has that name.</exception>
    public byte[] StateOf(IEnumerable<KeyValuePair<string, int>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        byte[] state = new byte[Variables];
        foreach (IntegerVariable integer in integers)
            if (integer.Encoding == IntegerEncoding.OneHot) state[integer.Bits[0].Variable] = 1;
        foreach (var (name, value) in values)
        {
            if (integers.Find(integer => integer.Name == name) is IntegerVariable integer)
            {
                if (value < integer.Low || value > integer.High)
                    throw new ArgumentException($"{name} is from {integer.Low} to {integer.High}, not {value}", nameof(values));
                Span<byte> bits = state.AsSpan(integer.Bits[0].Variable, integer.Bits.Count);
                bits.Clear();
                if (integer.Encoding == IntegerEncoding.OneHot) bits[value - integer.Low] = 1;
                else HelperBits.Set(bits, integer.Factors, (long)value - integer.Low);
                continue;
            }
            int variable = this[name].Variable, off = spins.ContainsKey(name) ? -1 : 0;
            if (value != 1 && value != off) throw new ArgumentException($"{name} is {off} or 1, not {value}", nameof(values));
            state[variable] = value == 1 ? (byte)1 : (byte)0;
        }
        return state;
    }

    /// <summary>Takes evidence back.</summary>
    public void Unclamp(Hypothesis x) => clamped.Remove(Own(x).Variable);

    /// <summary>Adds a constraint.</summary>
    /// <param name="constraint">What should hold.</param>
    /// <param name="weight">What one violation costs, above 0; null for a hard constraint, whose weight the search chooses.</param>
    /// <param name="name">In reports; null for what it asks.</param>
    /// <exception cref="ArgumentException">A weight that is not above 0 and finite, or hypotheses of another problem.</exception>
    public void Constrain(Constraint constraint, double? weight = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        if (constraint.Problem is not null && constraint.Problem != this)
            throw new ArgumentException("the constraint is about hypotheses of another problem", nameof(constraint));
        if (weight is double value && !(value > 0 && double.IsFinite(value)))
            throw new ArgumentException($"a constraint has the weight {value}, which is not above 0 and finite", nameof(weight));
        constraints.Add(new(constraint, weight, name ?? constraint.ToString()));
    }

    /// <summary>What is required or clamped, by variable.</summary>
    internal SortedDictionary<int, bool> Fixed()
    {
        var all = new SortedDictionary<int, bool>(required);
        foreach (var (variable, value) in clamped) all[variable] = value;
        return all;
    }

    internal bool TryFind(string name, out Hypothesis found)
    {
        bool isKnown = numbers.TryGetValue(name, out int number);
        found = new(this, number);
        return isKnown;
    }

    internal string NameOf(int variable) => names[variable];

    /// <summary>The objective without constraints.</summary>
    internal BinaryEnergy ObjectiveEnergy() => objective.Build();

    Hypothesis Own(Hypothesis x) => x.Problem == this ? x : throw new ArgumentException($"{x.Name} is a hypothesis of another problem");

    void Fix(SortedDictionary<int, bool> to, SortedDictionary<int, bool> other, Hypothesis x, bool value, string word)
    {
        bool on = value != Own(x).IsNegated;
        foreach (var (values, how) in new[] { (to, to == required ? "required" : "clamped"), (other, word) })
            if (values.TryGetValue(x.Variable, out bool was) && was != on)
                throw new ArgumentException($"{names[x.Variable]} is {how} to be {(was ? "true" : "false")} already");
        to[x.Variable] = on;
    }
}
