using EdgeHost;
using EdgeHost.Client;
using TeachMyDevice;

// A device that learns what people mean: with --tour all the way by itself, otherwise with whoever types.
if (args is not ([] or ["--tour"]))
{
    Console.Error.WriteLine("Usage: TeachMyDevice [--tour]");
    return 2;
}

try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = Teacher.App });
    var teacher = new Teacher(client);
    if (args.Length > 0) await Tour.RunAsync(teacher);
    else await Lesson.RunAsync(teacher);
    return 0;
}
catch (EdgeHostException e)
{
    Console.Error.WriteLine($"{e.Code.ToWireName()}: {e.Message}");
    return 1;
}
