using System.Diagnostics;
using Boltzmann.Searching;
using Google.OrTools.Sat;

namespace SearchPeers;

/// <summary>CP-SAT of Google's OR-Tools, on the problems of this library's files.</summary>
static class CpSat
{
    public static string Version => typeof(CpSolver).Assembly.GetName().Version?.ToString() ?? "of an unknown version";

    public static PeerAnswer Solve(PeerProblem peer, double seconds, int threads)
    {
        SearchProblem problem = peer.Problem;
        var model = new CpModel();
        BoolVar[] x = [.. Enumerable.Range(0, problem.Energy.Variables).Select(i => model.NewBoolVar($"x{i}"))];
        if (problem.Clauses is ProblemClauses clauses) State(model, x, clauses);
        else if (problem.Kind == "max-cut") StateCut(model, x, problem.Energy);
        else StateQuadratic(model, x, problem.Energy);
        var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant($"max_time_in_seconds:{seconds} num_workers:{threads}"),
        };
        var watch = new Improvements(x, problem.Energy);
        CpSolverStatus status = solver.Solve(model, watch);
        string found = peer.Problem.Clauses is null ? "nothing is better" : "a state satisfies it";
        string proved = status switch
        {
            CpSolverStatus.Optimal => $"{found}, after {solver.WallTime():F2} s",
            CpSolverStatus.Infeasible => $"no state satisfies it, after {solver.WallTime():F2} s",
            _ => "nothing",
        };
        return new(watch.Energy, watch.Seconds, proved);
    }

    static void State(CpModel model, BoolVar[] x, ProblemClauses clauses)
    {
        for (int c = 0; c < clauses.Count; c++)
        {
            var literals = new List<ILiteral>();
            foreach (int literal in clauses[c]) literals.Add(literal > 0 ? x[literal - 1] : x[-literal - 1].Not());
            model.AddBoolOr(literals);
        }
    }

    // Edge {i, j} of weight w costs −w where its ends differ: b = 2w.
    static void StateCut(CpModel model, BoolVar[] x, BinaryEnergy energy)
    {
        var cut = new List<BoolVar>();
        var weights = new List<long>();
        for (int e = 0; e < energy.Pairs; e++)
        {
            BoolVar i = x[energy.First[e]], j = x[energy.Second[e]], differs = model.NewBoolVar($"e{e}");
            long weight = Whole(energy.Weights[e] / 2);
            if (weight > 0)
            {
                model.Add(differs <= i + j);
                model.Add(differs <= 2 - i - j);
            }
            else
            {
                model.Add(differs >= i - j);
                model.Add(differs >= j - i);
            }
            cut.Add(differs);
            weights.Add(weight);
        }
        model.Maximize(LinearExpr.WeightedSum(cut, weights));
    }

    static void StateQuadratic(CpModel model, BoolVar[] x, BinaryEnergy energy)
    {
        var terms = new List<BoolVar>(x);
        List<long> weights = [.. energy.Linear.ToArray().Select(Whole)];
        for (int e = 0; e < energy.Pairs; e++)
        {
            BoolVar i = x[energy.First[e]], j = x[energy.Second[e]], both = model.NewBoolVar($"p{e}");
            if (energy.Weights[e] > 0) model.Add(both >= i + j - 1);
            else
            {
                model.AddImplication(both, i);
                model.AddImplication(both, j);
            }
            terms.Add(both);
            weights.Add(Whole(energy.Weights[e]));
        }
        model.Minimize(LinearExpr.WeightedSum(terms, weights));
    }

    static long Whole(double weight) => weight == Math.Round(weight) ? (long)weight
        : throw new InvalidOperationException($"{weight} is not a whole number");

    sealed class Improvements(BoolVar[] x, BinaryEnergy energy) : CpSolverSolutionCallback
    {
        readonly long began = Stopwatch.GetTimestamp();

        public double? Energy { get; private set; }

        public double Seconds { get; private set; }

        public override void OnSolutionCallback()
        {
            double value = energy.Of([.. x.Select(variable => BooleanValue(variable) ? (byte)1 : (byte)0)]);
            if (value >= Energy) return;
            (Energy, Seconds) = (value, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }
    }
}
