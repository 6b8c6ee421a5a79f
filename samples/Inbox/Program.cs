using System.Text;
using EdgeHost;
using EdgeHost.Client;
using Inbox;

// Mail files, looked through on this device: language, tone, and a translation of what is in another language.
//   Inbox FOLDER|FILE LANGUAGE [--json]     .eml files, and .mbox files with many mails
if (args is not [var path, { Length: > 0 } language, .. var rest] || rest is not ([] or ["--json"]))
{
    Console.Error.WriteLine("Usage: Inbox FOLDER|FILE LANGUAGE [--json]");
    return 2;
}

Console.OutputEncoding = Encoding.UTF8;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    await using var client = await EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { AppName = "inbox" }, stop.Token);
    var inspector = new Inspector(client, language);
    var output = rest is [] ? (IMailOutput)new TextOutput(Console.Out) : new JsonOutput(Console.Out);
    await foreach (var mail in MailReader.ReadAsync(path, Console.Error.WriteLine, stop.Token)) output.Write(await inspector.InspectAsync(mail, stop.Token));
    return 0;
}
catch (OperationCanceledException)
{
    return 1;
}
catch (Exception e) when (e is EdgeHostException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
