using EdgeHost.Benchmarks;
using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Prepared;
using EdgeHost.Benchmarks.Transport.Peers;

// A measurement that needs a process of its own starts this program again.
if (args is [PreparedChild.Verb, ..]) return await PreparedChild.RunAsync(args[1..]);
if (args is [PeerServer.Verb, ..]) return await PeerServer.RunAsync(args[1..]);

BenchmarkArguments arguments;
try
{
    arguments = BenchmarkArguments.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message} Usage: {BenchmarkArguments.Usage}");
    return 2;
}

var all = BenchmarkList.Create();
var chosen = BenchmarkList.Choose(all, arguments.Names, out var unknown);
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"Unknown: {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Select(benchmark => benchmark.Name))}, and the group {BenchmarkList.RuntimeGroup}.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var table = new FigureTable();
for (var number = 0; number < arguments.Repeat; number++)
{
    var run = new BenchmarkRun { Scale = arguments.Scale, Trace = arguments.Trace, Only = arguments.Only, Number = number };
    foreach (var benchmark in chosen)
    {
        Console.WriteLine(arguments.Repeat == 1 ? $"== {benchmark.Name}" : $"== {benchmark.Name}, run {number + 1} of {arguments.Repeat}");
        try
        {
            table.Add(benchmark.Name, await benchmark.RunAsync(run, stop.Token));
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }

        Console.WriteLine();
    }
}

if (!table.IsEmpty) table.Write(Console.Out);
return 0;
