#:project ../src/Boltzmann.Data
// SCI → SCIENCE: a machine with memory learns words letter by letter and completes what was begun. What it remembers of a word is a queue
// of its last three letters and a trace of those before (Osogami and Otsuka 2015). The ends come from a beam search, and their
// probabilities are checked letter by letter. dotnet run AutoFill.cs -- words learns the set of that name, or a file: a word on each line.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;

string folder = Directory.CreateTempSubdirectory("auto-fill-").FullName;
try
{
    string list = Path.Combine(folder, "list.txt");
    File.WriteAllText(list, """
        science
        scientist
        scissors
        school
        scale
        scene
        score
        silence
        sentence
        evidence
        audience
        conscience
        patience
        experience
        difference
        """);
    Sequences words = SequenceSource.Open(args is [var named] ? named : list, new() { Alphabet = "a-z", ValidationShare = 0 }).Training;
    var visible = new MultinomialLayer(words.Columns, categories: words.Columns);
    SequenceModel model = SequenceModel.Dybm(visible, new TraceMemory(words.Columns, delay: 4, decays: [0.5]))
        .With(words.Symbols, lowestPitch: null);

    // Without hidden units the gradient is exact, and there is one maximum to climb.
    var options = new SequenceTrainerOptions { IsExact = true, LearningRate = Schedule.Linear(0.05, 0.005, 60), L2 = 1e-4, BatchSize = 5 };
    foreach (TrainingProgress step in new SequenceTrainer(model, new Adam(), options, seed: 1).Run(words, epochs: args.Length > 0 ? 3 : 60))
        if (step.Completed is { Number: var number } && number % 20 == 0)
            Console.WriteLine($"epoch {number}: perplexity {SequenceEvaluation.LogLikelihood(model, words).Perplexity:F2}");

    Console.WriteLine("\nbegun   completed       log p of the rest");
    foreach (string begun in (string[])["sci", "sce", "aud", "pa"])
        foreach (Continuation end in Continuation.Of(model, begun, count: 3))
            Console.WriteLine($"{begun,-7} {end.Text,-15} {end.LogProbability:F3}");

    // log p(rest | beginning) is log p(word) less log p(beginning), step by step.
    Continuation found = Continuation.Of(model, "sci", count: 1)[0];
    int[] letters = [.. (found.Text + "\n").Select(c => c == '\n' ? words.Columns - 1 : words.Symbols!.ToList().IndexOf($"{c}"))];
    double[,] steps = new double[letters.Length, words.Columns];
    for (int t = 0; t < letters.Length; t++) steps[t, letters[t]] = 1;
    var word = new Sequences(new Dataset("word", new MatrixRows(Matrix.From(steps))));
    double rest = SequenceEvaluation.LogLikelihood(model, word).PerStep.Skip(3).Sum();
    Console.WriteLine($"\nSCI is completed to {found.Text.ToUpperInvariant()}; its letters one by one give {rest:F3}");
    return found.Text == "science" && Math.Abs(rest - found.LogProbability) < 1e-3 ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
