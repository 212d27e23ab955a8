#:project ../src/Boltzmann
// Four colours for the 48 states between Canada and Mexico, no two neighbours alike. A unit is "this state has this colour", a state is a
// block of four. Three colours do not suffice: the least that must stay wrong is shown as what it is.
using Boltzmann.Searching;

const string Neighbours = """
    AL: FL GA MS TN; AR: LA MO MS OK TN TX; AZ: CA NM NV UT; CA: NV OR; CO: KS NE NM OK UT WY; CT: MA NY RI;
    DE: MD NJ PA; FL: GA; GA: NC SC TN; IA: MN MO NE SD WI; ID: MT NV OR UT WA WY; IL: IN IA KY MO WI; IN: KY MI OH;
    KS: MO NE OK; KY: MO OH TN VA WV; LA: MS TX; MA: NH NY RI VT; MD: PA VA WV; ME: NH; MI: OH WI; MN: ND SD WI;
    MO: NE OK TN; MS: TN; MT: ND SD WY; NC: SC TN VA; ND: SD; NE: SD WY; NH: VT; NJ: NY PA; NM: OK TX; NV: OR UT;
    NY: PA VT; OH: PA WV; OK: TX; OR: WA; PA: WV; SD: WY; TN: VA; TX: NM; UT: WY; VA: WV
    """;
var names = new List<string>();
var edges = new List<(int, int)>();
foreach (string line in Neighbours.Split(';', '\n'))
{
    string[] words = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
    for (int k = 1; k < words.Length; k++) edges.Add((Number(words[0]), Number(words[k])));
}
var map = new ColouredGraph(names, edges);

var four = new GraphColouring(map, 4);
// The first search also compiles the program.
Search.Best(four.Problem, new Tempering(), new StopRule { Seconds = 10 }, seed: 1);
ProblemResult result = Search.Best(four.Problem, new Tempering(), new StopRule { Seconds = 10 }, seed: 2);
int[] colours = four.Read(result.Best);
string[] words4 = ["red", "green", "blue", "yellow"];
for (int colour = 1; colour <= 4; colour++)
    Console.WriteLine($"{words4[colour - 1],-6} {string.Join(' ', names.Where((_, v) => colours[v] == colour))}");
Console.WriteLine($"{names.Count} states, {map.Edges.Count} borders, {1000 * result.Seconds:F1} ms");

var three = new GraphColouring(map, 3);
ProblemResult fewer = Search.Best(three.Problem, new Tempering(), new StopRule { Sweeps = 500 });
Console.WriteLine($"With three colours {fewer.Violated.Count} borders stay wrong: "
    + string.Join(", ", fewer.Violated.Select(violation => violation.Name)));
return map.Edges.All(edge => colours[edge.First] != colours[edge.Second]) && fewer.Violated.Count > 0 ? 0 : 1;

int Number(string name)
{
    if (!names.Contains(name)) names.Add(name);
    return names.IndexOf(name);
}
