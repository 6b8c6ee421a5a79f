using System.Text.Json;
using EdgeHost.Host.Diagnostics;
using Spectre.Console;

namespace EdgeHost.Host.Cli;

/// <summary>Prints what the doctor found.</summary>
internal static class DoctorReport
{
    public static void Print(IReadOnlyList<DoctorCheck> checks, bool json)
    {
        if (json)
        {
            JsonOutput.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("ok", checks.All(c => c.Status != DoctorStatus.Broken));
                writer.WriteStartArray("checks");
                foreach (var check in checks) Write(writer, check);
                writer.WriteEndArray();
                writer.WriteEndObject();
            });
            return;
        }

        foreach (var check in checks)
        {
            var mark = check.Status switch
            {
                DoctorStatus.Ok => "[green]ok[/]     ",
                DoctorStatus.Warning => "[yellow]warning[/]",
                _ => "[red]broken[/] ",
            };
            AnsiConsole.MarkupLine($"{mark}  {Markup.Escape(check.Name),-13} {Markup.Escape(check.Finding)}");
            foreach (var line in check.Remedy?.Split(Environment.NewLine) ?? []) AnsiConsole.MarkupLine($"           {Markup.Escape(line)}");
        }
    }

    private static void Write(Utf8JsonWriter writer, DoctorCheck check)
    {
        writer.WriteStartObject();
        writer.WriteString("name", check.Name);
        writer.WriteString("status", check.Status switch
        {
            DoctorStatus.Ok => "ok",
            DoctorStatus.Warning => "warning",
            _ => "broken",
        });
        writer.WriteString("finding", check.Finding);
        if (check.Remedy is not null) writer.WriteString("remedy", check.Remedy);
        writer.WriteEndObject();
    }
}
