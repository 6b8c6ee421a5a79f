namespace TestPlugins.Dependency;

public static class Greeting
{
    public static string Text { get; } = new('x', 3);
}
