using System.Globalization;

namespace Boltzmann.Experiments;

/// <summary>Documents of a collection as counts of its most frequent training words, split as its makers did.</summary>
sealed class TopicCollection
{
    /// <summary>Words that are kept.</summary>
    public const int Words = 2000;

    const int Judged = 50, Step = 100, LeastWords = 20, QueryStep = 5;
    const string Folder = "text-20newsgroups";

    /// <summary>Reads it.</summary>
    /// <exception cref="BadInputException">It is not there.</exception>
    public TopicCollection(ExperimentContext context)
    {
        TrainingPath = Find("train.dat.gz");
        TestPath = Find("test.dat.gz");
        VocabularyPath = Find("vocab.txt");
        IReadOnlyList<string> names = Vocabulary.ReadNames(VocabularyPath);
        IReadOnlyList<string> groups = Vocabulary.ReadNames(Find("labels.txt"));
        var options = new SparseOptions { Columns = names.Count };
        Dataset all = CountsReader.Read(TrainingPath, options), test = CountsReader.Read(TestPath, options with
        {
            LabelNames = all.LabelNames,
        });
        Vocabulary = Vocabulary.MostFrequent(all, Words, names);
        All = InWords(all);
        Test = InWords(test);
        int[] longer = [.. Enumerable.Range(0, Test.Count).Where(d => Length(Test, d) >= LeastWords)];
        Fifty = Test.Select([.. longer.Where((_, i) => i % Step == 0).Take(Judged)]);
        Queries = Test.Select([.. Enumerable.Range(0, Test.Count).Where(d => d % QueryStep == 0)]);

        // Files have numbers for groups.
        Dataset InWords(Dataset data)
        {
            Dataset kept = Vocabulary.Of(data);
            return new(kept.Name, kept.Rows)
            {
                Labels = kept.Labels,
                LabelNames = [.. kept.LabelNames!.Select(number => groups[int.Parse(number, CultureInfo.InvariantCulture)])],
                ColumnNames = kept.ColumnNames,
            };
        }

        string Find(string file) => context.Data.FindFile($"{Folder}/{file}")
            ?? throw new BadInputException($"{Folder}/{file} is not there: it belongs to the word counts of 20 Newsgroups "
                + "(train.dat.gz, test.dat.gz, vocab.txt) in a folder that --data-folder or BOLTZMANN_DATA names");
    }

    /// <summary>Files.</summary>
    public string TrainingPath { get; }

    /// <summary>Files.</summary>
    public string TestPath { get; }

    /// <summary>Files.</summary>
    public string VocabularyPath { get; }

    /// <summary>The words that are kept.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>All documents of the training part.</summary>
    public Dataset All { get; }

    /// <summary>The test part.</summary>
    public Dataset Test { get; }

    /// <summary>Test documents that are judged by annealed importance sampling.</summary>
    public Dataset Fifty { get; }

    /// <summary>Test documents that ask for others like them.</summary>
    public Dataset Queries { get; }

    /// <summary>Words of a document.</summary>
    public static double Length(Dataset data, int document)
    {
        var row = new double[data.Columns];
        data.Rows.Read(document, row);
        return row.Sum();
    }
}
