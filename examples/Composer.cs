#:project ../src/Boltzmann.Data
// A composer: an RNN-RBM (Boulanger-Lewandowski, Bengio and Vincent 2012) learns chord progressions and goes on where four chords were
// given. Which note follows is a matter of chance, which notes sound together is the RBM's, and where the piece is, the network's: a chord
// lasts two steps, so the last one alone does not tell what comes. Writes a MIDI file and a piano roll.
using Boltzmann;
using Boltzmann.Data;
using Boltzmann.Evaluation;
using Boltzmann.Reporting;
using Boltzmann.Sampling;

const int Lowest = 48, Keys = 30, Each = 2;
// I – vi – IV – V and I – IV – ii – V, in any of six keys; a chord is three pitches above the key.
int[][][] progressions =
[
    [[0, 4, 7], [9, 12, 16], [5, 9, 12], [7, 11, 14]],
    [[0, 4, 7], [5, 9, 12], [2, 5, 9], [7, 11, 14]],
];
(int[] Chord, int Key)[][] pieces = [.. from key in Enumerable.Range(0, 6) from round in progressions select
    Enumerable.Range(0, 32).Select(t => (round[t / Each % round.Length], key)).ToArray()];
double[,] keys = new double[pieces.Sum(p => p.Length), Keys];
foreach (var (t, (chord, key)) in pieces.SelectMany(p => p).Index())
    foreach (int pitch in chord) keys[t, key + pitch] = 1;
var music = new Sequences(new Dataset("progressions", new MatrixRows(Matrix.From(keys))), [.. pieces.Index().Select(p => p.Index * 32)])
{
    LowestPitch = Lowest,
};

SequenceModel model = SequenceModel.RnnRbm(new BernoulliLayer(Keys), new BernoulliLayer(40), new RecurrentMemory(Keys, 60))
    .With(symbols: null, Lowest);
model.SetRandomWeights(0.05, new Rng(seed: 1));
model.Visible.SetFromMoments(music.Steps.Statistics.Means, music.Steps.Statistics.Variances);
var options = new SequenceTrainerOptions { BatchSize = 4, Steps = 5, LearningRate = Schedule.Linear(0.01, 0.001, 300) };
var scoring = new SequenceScoring { Samples = 20, Sweeps = 10, Seed = 1 };
foreach (TrainingProgress step in new SequenceTrainer(model, new Adam(), options, seed: 1).Run(music, epochs: 300))
    if (step.Completed is { Number: var number } && number % 100 == 0)
    {
        PredictionScore score = SequenceEvaluation.Predictions(model, music, scoring);
        Console.WriteLine($"epoch {number}: frame accuracy {score.Model.Accuracy:P1}, of the step before again "
            + $"{score.Persistence.Accuracy:P1}");
    }

// Four chords of a piece, then the machine alone.
MemoryState memory = model.NewMemory();
Matrix given = music.Steps.ToMatrix(0, 8);
for (int t = 0; t < given.Rows; t++) model.Remember(memory, given.RowRange(t, 1));
Matrix made = new SequenceSampler(model, new Rng(seed: 2)).Continue(memory, steps: 56);

double[][] all = [.. new[] { given, made }.SelectMany(part => Enumerable.Range(0, part.Rows).Select(r => part.ReadRow(r)))];
var known = pieces.SelectMany(p => p).Select(c => Names(c.Chord.Select(pitch => Lowest + c.Key + pitch))).ToHashSet();
string[] played = [.. all.Select(row => Names(row.Index().Where(c => c.Item > 0.5).Select(c => Lowest + c.Index)))];
for (int t = 8; t < 24; t += Each) Console.WriteLine($"step {t + 1,2}  {played[t],-14}{(known.Contains(played[t]) ? "" : " not learned")}");
int chords = played.Skip(8).Count(known.Contains);
Console.WriteLine($"{chords} of {made.Rows} steps are chords that it learned");

string midi = Path.Combine(Path.GetTempPath(), "boltzmann-composer.mid"), roll = Path.ChangeExtension(midi, ".svg");
File.WriteAllBytes(midi, MidiFile.Encode(all, Lowest));
RollLayout layout = new() { PrefixSteps = given.Rows, LowestPitch = Lowest };
File.WriteAllText(roll, PianoRoll.Svg("four chords given, the rest made up", all, layout));
Console.WriteLine($"to hear: {midi}; to see: {roll}");
return chords > made.Rows * 3 / 4 ? 0 : 1;

static string Names(IEnumerable<int> pitches) => string.Join(" ", pitches.Select(PianoRoll.PitchName));
