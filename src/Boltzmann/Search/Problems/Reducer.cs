namespace Boltzmann.Searching;

/// <summary>Takes variables out of an energy, one after the other, until none can be: see <see cref="Simplification"/>.</summary>
sealed class Reducer
{
    readonly BinaryEnergy energy;
    readonly double[] linear, lowest, highest;
    readonly int[] degrees, blockOf;
    readonly bool[] isGone;
    readonly byte[] constants;
    readonly List<int>[] blocks;
    readonly List<Reduction> reductions = [];
    readonly Queue<int> touched = new();
    double offset;

    public Reducer(BinaryEnergy energy)
    {
        this.energy = energy;
        int n = energy.Variables;
        offset = energy.Offset;
        linear = energy.Linear.ToArray();
        (lowest, highest, degrees, isGone, constants) = (new double[n], new double[n], new int[n], new bool[n], new byte[n]);
        blocks = [.. energy.Blocks.Select(block => block.ToList())];
        blockOf = new int[n];
        blockOf.AsSpan().Fill(-1);
        for (int b = 0; b < blocks.Length; b++)
            foreach (int variable in blocks[b]) blockOf[variable] = b;
        var (starts, _, weights) = energy.Adjacency;
        for (int i = 0; i < n; i++)
        {
            degrees[i] = starts[i + 1] - starts[i];
            for (int k = starts[i]; k < starts[i + 1]; k++)
                if (weights[k] < 0) lowest[i] += weights[k];
                else highest[i] += weights[k];
            touched.Enqueue(i);
        }
    }

    /// <summary>Gives a variable a value, and what follows for its block.</summary>
    public void Fix(int variable, bool value)
    {
        if (isGone[variable])
        {
            if (constants[variable] != 0 != value) throw new ArgumentException($"what is known leaves no value for variable {variable}");
            return;
        }
        isGone[variable] = true;
        constants[variable] = value ? (byte)1 : (byte)0;
        if (value) offset += linear[variable];
        var (starts, others, weights) = energy.Adjacency;
        for (int k = starts[variable]; k < starts[variable + 1]; k++) Part(others[k], weights[k], value ? weights[k] : 0);
        if (blockOf[variable] >= 0) Shrink(blocks[blockOf[variable]], variable, value);
    }

    /// <summary>Removes what can be removed, and divides the rest.</summary>
    public Simplification Finish()
    {
        while (touched.TryDequeue(out int variable))
        {
            // Units of a block have no value of their own to prefer.
            if (isGone[variable] || blockOf[variable] >= 0) continue;
            double a = linear[variable];
            if (a + lowest[variable] >= 0 && a + Range(variable, negative: true) >= 0) Fix(variable, false);
            else if (a + highest[variable] <= 0 && a + Range(variable, negative: false) <= 0) Fix(variable, true);
            else if (degrees[variable] == 1) Follow(variable);
        }
        return new(offset, constants, reductions, Components());
    }

    // The sums carried along have rounded; what decides is added up anew.
    double Range(int variable, bool negative)
    {
        var (starts, others, weights) = energy.Adjacency;
        double sum = 0;
        for (int k = starts[variable]; k < starts[variable + 1]; k++)
            if (!isGone[others[k]] && weights[k] < 0 == negative) sum += weights[k];
        return sum;
    }

    // A neighbour is gone: what it meant for this one is now in the bias.
    void Part(int variable, double weight, double bias)
    {
        if (isGone[variable]) return;
        linear[variable] += bias;
        degrees[variable]--;
        if (weight < 0) lowest[variable] -= weight;
        else highest[variable] -= weight;
        touched.Enqueue(variable);
    }

    void Shrink(List<int> block, int variable, bool value)
    {
        block.Remove(variable);
        if (value)
        {
            int[] rest = [.. block];
            block.Clear();
            foreach (int other in rest) Fix(other, false);
        }
        else if (block.Count == 1)
        {
            int last = block[0];
            block.Clear();
            Fix(last, true);
        }
    }

    // min over x of a·x + b·x·y is a function of y alone.
    void Follow(int variable)
    {
        var (starts, others, weights) = energy.Adjacency;
        int k = starts[variable];
        while (isGone[others[k]]) k++;
        int other = others[k];
        double off = Math.Min(0, linear[variable]), on = Math.Min(0, linear[variable] + weights[k]);
        reductions.Add(new(variable, other, off < 0 ? (byte)1 : (byte)0, on < 0 ? (byte)1 : (byte)0));
        isGone[variable] = true;
        offset += off;
        Part(other, weights[k], on - off);
    }

    EnergyComponent[] Components()
    {
        int n = linear.Length;
        int[] component = new int[n], place = new int[n];
        component.AsSpan().Fill(-1);
        var members = new List<List<int>>();
        var (starts, others, _) = energy.Adjacency;
        var open = new Stack<int>();
        for (int start = 0; start < n; start++)
        {
            if (isGone[start] || component[start] >= 0) continue;
            var list = new List<int>();
            Reach(start);
            while (open.TryPop(out int i))
            {
                list.Add(i);
                for (int k = starts[i]; k < starts[i + 1]; k++) Reach(others[k]);
                if (blockOf[i] >= 0) blocks[blockOf[i]].ForEach(Reach);
            }
            list.Sort();
            members.Add(list);
        }
        var builders = members.ConvertAll(list =>
        {
            var builder = new BinaryEnergyBuilder();
            builder.AddVariables(list.Count);
            for (int i = 0; i < list.Count; i++) builder.Add(place[list[i]] = i, linear[list[i]]);
            return builder;
        });
        for (int e = 0; e < energy.Pairs; e++)
        {
            int i = energy.First[e], j = energy.Second[e];
            if (!isGone[i] && !isGone[j]) builders[component[i]].Add(place[i], place[j], energy.Weights[e]);
        }
        foreach (List<int> block in blocks)
            if (block.Count > 1) builders[component[block[0]]].AddBlock([.. block.Select(i => place[i])]);
        return [.. members.Select((list, c) => new EnergyComponent(builders[c].Build(), list)).OrderByDescending(c => c.Variables.Count)];

        void Reach(int i)
        {
            if (isGone[i] || component[i] >= 0) return;
            component[i] = members.Count;
            open.Push(i);
        }
    }
}
