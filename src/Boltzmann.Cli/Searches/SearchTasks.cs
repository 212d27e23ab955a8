using Boltzmann.Searching;

namespace Boltzmann.Cli.Searches;

/// <summary>What a word on the command line asks to be searched: a file, or a problem by its name.</summary>
static class SearchTasks
{
    /// <summary>Opens what was asked for.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="session">Opens models and their data.</param>
    /// <exception cref="BadInputException">There is no such file, or it is none of the kinds; the message says where and what was
    /// expected.</exception>
    public static SearchTask Open(SearchRequest request, Session session)
    {
        if (ModelTask.IsModel(request.Path)) return ModelTask.Open(request, session);
        if (NamedProblems.Open(request) is NamedProblem named) return new NamedTask(named);
        string format = request.Format ?? ProblemFile.FormatOf(request.Path);
        return format switch
        {
            "json" => new ProblemTask(ProblemFile.ReadProblem(request.Path), Path.GetFileName(request.Path), format),
            _ => new EnergyTask(ProblemFile.Read(request.Path, format, request.Problem, request.IsSpin)),
        };
    }
}
