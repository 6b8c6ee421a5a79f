using System.Diagnostics;
using System.Globalization;
using EdgeHost.Fuzz;
using EdgeHost.Fuzz.Targets;

// By hand: dotnet run -c Release --project tests/EdgeHost.Fuzz -- [--minutes N] [--seed N] [--minimise] [TARGET]...
// --minimise, before all else, drops inputs of the corpus that do nothing which a shorter one does not do.
// New inputs go to the corpus; what breaks a target is printed and ends the run. The input under way is in a file, for the case that the process dies.
double minutes = 1;
var seed = Environment.TickCount;
var minimises = false;
var names = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--minutes" && i + 1 < args.Length) minutes = double.Parse(args[++i], CultureInfo.InvariantCulture);
    else if (args[i] == "--seed" && i + 1 < args.Length) seed = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else if (args[i] == "--minimise") minimises = true;
    else names.Add(args[i]);
}

var targets = FuzzTargets.Names.Where(name => names.Count == 0 || names.Contains(name)).ToList();
foreach (var name in targets)
{
    await using var target = await FuzzTargets.CreateAsync(name);
    var corpus = new Corpus(name);
    if (minimises)
    {
        var shortest = new FuzzLoop(target, seed);
        if (await shortest.RunAsync([.. corpus.Read().OrderBy(static input => input.Length)], static () => false) is null) corpus.Write(shortest.Inputs);
    }

    var under = Path.Combine(Path.GetTempPath(), $"edgehost-fuzz-{name}.bin");
    var loop = new FuzzLoop(new RememberingTarget(target, under), seed);
    var started = Stopwatch.GetTimestamp();
    var limit = TimeSpan.FromMinutes(minutes / targets.Count);
    var finding = await loop.RunAsync(corpus.Read(), () => Stopwatch.GetElapsedTime(started) < limit, corpus.Add);
    Console.WriteLine($"{name}: {loop.Runs} inputs, {loop.Behaviours} behaviours, seed {seed}");
    if (finding is null) continue;
    Console.WriteLine($"{name} broke: {finding}");
    return 1;
}

return 0;
