namespace IotGateway.Architecture.Tests.Samples;

/// <summary>Small sources that break a rule of the house beside some that keep it, and the names that must be found.</summary>
internal sealed record BrokenRule(string Rule, (string Path, string Text)[] Files, params string[] Found)
{
    public static readonly BrokenRule[] All =
    [
        new("lines", [("edge/A.cs", $"// {new string('x', 138)}"), ("edge/B.cs", $"// {new string('x', 137)}")], "edge/A.cs"),
        new("functions", [("edge/A.cs", $"class A {{ void F() {{{Lines(69)}}} void G() {{{Lines(70)}}} }}")], "edge/A.cs G"),
        new("folders", [.. Empty("edge/A", 13), .. Empty("edge/B", 12)], "edge/A"),
        new("namespaces", Namespaces, "edge/A/B/Deep.cs", "edge/C/None.cs"),
        new("type names", [("edge/A.cs", TypeNames)], "IotGateway.Edge: Same"),
        new("summaries", [("edge/A.cs", Summary), ("edge/B.cs", SplitSummary), ("edge/C.cs", NounSummary)], "edge/A.cs", "edge/B.cs"),
        new("test classes", [("tests/Edge/A.cs", TestClasses)], "BTest"),
        new("suffixes", [("edge/A.cs", Suffixes)], "A.Local", "I.Send"),
        new("casts", [("edge/A.cs", Casts)], "IotGateway.Edge.B → A", "IotGateway.Edge.B → A", "IotGateway.Edge.B → A"),
        new("disk errors", [("edge/A.cs", DiskErrors), ("tests/Edge/A.cs", DiskErrors)], "edge/A.cs", "edge/A.cs", "edge/A.cs"),
        new("unused", [("edge/A.cs", Unused), ("tests/Edge/A.cs", "class A { Lone lone; }")],
            "IotGateway.Edge.Kind", "IotGateway.Edge.Lone", "IotGateway.Edge.Used.Most", "IotGateway.Edge.Used.Never"),
        new("circles", [("edge/A.cs", Circles)], "IotGateway.Edge: A, B, C", "IotGateway.Edge: F, F.FRoom"),
    ];

    private const string TypeNames = """
        namespace A { class Same; class Own { class Nested; } class Nested; }
        namespace B { class Same; enum Other; }
        """;

    private const string Summary = "/// <summary>Why A is.</summary>\nclass A;";

    private const string SplitSummary = """
        /// <summary>
        /// which is it
        /// </summary>
        class B;
        """;

    private const string NounSummary = "/// <summary>Whole of it, not what was.</summary>\nclass C;";

    private const string TestClasses = """
        class ATests { [Fact] void F() {} }
        class BTest { [Theory] void F() {} }
        class Helper { void F() {} }
        """;

    private const string Suffixes = """
        using System.Threading.Tasks;
        interface I { Task Send(); ValueTask<int> ReadAsync(); }
        class A : I
        {
            public Task Send() { return Local(); async Task Local() => await Task.Yield(); }
            public ValueTask<int> ReadAsync() => new(1);
        }
        """;

    private const string Casts = """
        namespace IotGateway.Edge;
        interface I;
        class A : I { public int N; }
        class B
        {
            object o; I field;
            int F(I i) => i is A a ? a.N : 0;
            A G() => (A)field;
            A H() => o as A;
            async System.Threading.Tasks.Task<A> J(System.Threading.Tasks.Task<I> i) => await i as A;
        }
        """;

    private const string DiskErrors = """
        using System;
        using System.IO;
        static class B { public static bool IsFromDisk(this Exception e) => e is IOException; }
        class A
        {
            void F()
            {
                try { } catch (IOException) { }
                try { } catch (UnauthorizedAccessException) { }
                try { } catch (Exception e) when (e is FormatException or IOException) { }
                try { } catch (Exception e) when (e.IsFromDisk()) { }
                try { } catch (FileNotFoundException) { }
            }
        }
        """;

    private const string Unused = """
        namespace IotGateway.Edge;
        class Used
        {
            public const int Most = 3;
            public int Read() => 1;
            public int Never() => Never();
            public override string ToString() => "";
        }
        class Program { static int Main() => new Used().Read(); }
        enum Kind { Some }
        record Lone(int N);
        """;

    private const string Circles = """
        namespace IotGateway.Edge.A { class A { B.B b; } static class ARoom { static D.D d; static A a; } }
        namespace IotGateway.Edge.B { class B { void F() { _ = (System.Action)(() => new C.C()); } } }
        namespace IotGateway.Edge.C { class C { A.A a; D.D d; } }
        namespace IotGateway.Edge.D { class D { E.E e; } }
        namespace IotGateway.Edge.E { class E; static class ERoom { static D.D d; } }
        namespace IotGateway.Edge.F { class F { void G() => FRoom.H(null); } static class FRoom { public static void H(F f) { } } }
        """;

    private static (string Path, string Text)[] Namespaces =>
    [
        ("edge/A/Right.cs", "namespace IotGateway.Edge.A;"),
        ("edge/A/B/Deep.cs", "namespace IotGateway.Edge.A;"),
        ("edge/C/None.cs", "class D;"),
        ("tests/Edge/A/Test.cs", "namespace IotGateway.Edge.Tests.A;"),
        ("tests/shared/Node.cs", "namespace IotGateway.Tests.Shared;"),
    ];

    private static IEnumerable<(string Path, string Text)> Empty(string folder, int count) =>
        Enumerable.Range(0, count).Select(n => ($"{folder}/{n}.cs", ""));

    private static string Lines(int count) => new('\n', count);
}
