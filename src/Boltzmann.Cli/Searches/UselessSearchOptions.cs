namespace Boltzmann.Cli.Searches;

/// <summary>
/// Options of a search that can do nothing for what is searched, by the method that searches, or beside the others: the one list of them.
/// Who gives one expects something of it, so it is refused, with what would make it work.
/// </summary>
static class UselessSearchOptions
{
    // What concerns the file, and so its conversion too.
    static readonly string[] ofFiles = ["write", "format", "problem", "vartype", "colours", "noise"];

    static readonly Rule[] rules =
    [
        new("write", SearchSubject.Problems),
        new("target", SearchSubject.Problems),
        new("satisfied", SearchSubject.Clauses | SearchSubject.Constraints),
        new("violations", SearchSubject.Clauses | SearchSubject.Constraints),
        new("require", SearchSubject.Problems),
        new("marginals", SearchSubject.Problems, "auto", "tempering", "population", "exact"),
        new("report", SearchSubject.Problems),
        new("start", SearchSubject.Problems),
        new("clamp-file", SearchSubject.Problems),
        new("penalty", SearchSubject.Constraints),
        new("blocks", SearchSubject.Constraints),
        new("data", SearchSubject.Model),
        new("split", SearchSubject.Model),
        new("rows", SearchSubject.Model),
        new("image", SearchSubject.Model),

        new("format", (_, task) => task.Subject == SearchSubject.Model || task.IsNamed ? $"is for files, and {task.Name} is "
            + (task.IsNamed ? "known by name" : "a model") : null),
        new("problem", (_, task) => task.Format == "bqp" ? null : $"is for bqp files of several problems, not for {Of(task)}"),
        new("vartype", (_, task) => task.Format == "ising" ? null : $"is for .ising and .coo files, not for {Of(task)}"),
        new("colours", (_, task) => task.Kind == "colouring" ? null : $"is for colouring:FILE and .col files, not for {Of(task)}"),

        new("noise", (_, task) => task.Kind == "denoise" ? null : $"is for denoise:FILE.png, not for {Of(task)}"),

        new("method", (request, task) => task.Subject == SearchSubject.Model && request.Method is not ("auto" or "tempering")
            ? $"{request.Method}: modes of a model are reached from tempering's samples" : null),
        new("method", (request, task) => request.Method != "focused" || task.Subject == SearchSubject.Clauses ? null
            : $"focused flips variables of violated clauses: it is for .cnf and .wcnf files, not for {Of(task)}"),
        new("temperatures", SearchSubject.Problems, "tempering"),
        new("cluster-moves", SearchSubject.Energy, "tempering"),
        new("cluster-moves", (request, _) => request.Marginals
            ? "does nothing beside --marginals, whose errors need chains that have nothing to do with each other" : null),
        new("betas", SearchSubject.Problems, "tempering", "annealing", "focused"),
        new("schedule", SearchSubject.Problems, "annealing"),
        new("reheats", SearchSubject.Problems, "annealing"),
        new("chains", SearchSubject.Problems, "tempering", "annealing", "population", "descent"),

        new("checkpoint", SearchSubject.Files, "tempering", "annealing"),
        new("resume", SearchSubject.Files, "tempering", "annealing"),
        new("start", (request, _) => request.Checkpoint is { Resumes: true } ? "does nothing beside --resume, which has states of its own"
            : null),

        new("betas", (request, _) => request.Marginals
            ? "does nothing beside --marginals, whose coldest chains are at --temperature" : null),
        new("temperature", (request, task) => task.Subject == SearchSubject.Model || request.Marginals || request.Method == "population"
            ? null : "is for --marginals, for --method population, or for the modes of a model"),
        new("require", (request, task) => request.Target is not null || request.Satisfied is not null || task.HasHard ? null
            : $"does nothing without --target: {task.Name} has nothing that must hold"),
        new("penalty", (_, task) => task.HasHard ? null : $"multiplies weights of hard constraints, and {task.Name} has none"),
        new("blocks", (request, task) => request.Blocks && task.MethodOf(request) == "exact"
            ? "on does nothing for exact methods, which look at each variable by itself" : null),
        .. ((string[])["target", "satisfied", "solutions", "penalty", "start", "animation"]).Select(option => new Rule(option,
            (request, task) => request.Marginals && task.Subject == SearchSubject.Constraints
                ? "does nothing beside --marginals under constraints" : null)),
        new("split", (request, _) => request.Rows is null ? "does nothing without --data" : null),
        new("rows", (request, _) => request.Rows is null ? "does nothing without --data" : null),
        new("image", (request, _) => request.Picture is null && request.Rows is null ? "does nothing without --picture or --data" : null),
        new("solutions", (request, task) => task.Subject == SearchSubject.Model && request.Rows is not null
            ? "does nothing beside --data: each row has one completion" : null),
    ];

    /// <summary>Throws if an option that was given can do nothing.</summary>
    /// <param name="request">What was asked, and which options were given.</param>
    /// <param name="task">What is searched.</param>
    /// <exception cref="BadInputException">One can; the message says what it is for.</exception>
    public static void Check(SearchRequest request, SearchTask task)
    {
        if (request.Write is not null && request.Given.Except(ofFiles).FirstOrDefault() is string other)
            throw new BadInputException($"--{other} does nothing beside --write, which writes the problem as it is, without a search");
        foreach (Rule rule in rules)
            if (request.Given.Contains(rule.Option) && rule.Fault(request, task) is string fault)
                throw new BadInputException($"--{rule.Option} {fault}");
    }

    static string Of(SearchTask task) => task.Subject == SearchSubject.Model ? "the modes of a model"
        : task.IsNamed ? task.Name : $"{task.Name} ({task.Format})";

    static string? OfSubjects(SearchSubject subjects, SearchTask task) => subjects.HasFlag(task.Subject) ? null
        : $"is for {Words(subjects)}, not for {Of(task)}";

    static string? OfMethods(string[] methods, SearchRequest request, SearchTask task)
    {
        string method = task.MethodOf(request);
        if (methods.Contains(method)) return null;
        methods = [.. methods.Where(name => name != "auto")];
        string words = methods.Length == 1 ? methods[0] : $"{string.Join(", ", methods[..^1])} or {methods[^1]}";
        return request.Method == method ? $"is for --method {words}, not {method}" : $"is for --method {words}; auto is {method} here";
    }

    static string Words(SearchSubject subjects) => subjects switch
    {
        SearchSubject.Problems => "problems",
        SearchSubject.Clauses | SearchSubject.Constraints => "clauses and constraints",
        SearchSubject.Energy => "quadratic energies of files",
        SearchSubject.Files => "energies and clauses of files",
        SearchSubject.Constraints => "problems of constraints",
        _ => "models",
    };

    // The fault is what is wrong with the option here; null for nothing.
    sealed record Rule(string Option, Func<SearchRequest, SearchTask, string?> Fault)
    {
        public Rule(string option, SearchSubject subjects, params string[] methods)
            : this(option, (request, task) => OfSubjects(subjects, task)
                ?? (methods.Length == 0 ? null : OfMethods(methods, request, task)))
        {
        }
    }
}
