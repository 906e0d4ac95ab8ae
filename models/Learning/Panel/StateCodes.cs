namespace IotGateway.Learning.Panel;

/// <summary>States by postal code, with their names and the US Census Bureau's divisions, whose states are taken as neighbours.</summary>
internal static class StateCodes
{
    private static readonly (string Division, string States)[] Divisions =
    [
        ("New England", "CT Connecticut,ME Maine,MA Massachusetts,NH New Hampshire,RI Rhode Island,VT Vermont"),
        ("Middle Atlantic", "NJ New Jersey,NY New York,PA Pennsylvania"),
        ("East North Central", "IL Illinois,IN Indiana,MI Michigan,OH Ohio,WI Wisconsin"),
        ("West North Central", "IA Iowa,KS Kansas,MN Minnesota,MO Missouri,NE Nebraska,ND North Dakota,SD South Dakota"),
        ("South Atlantic",
            "DE Delaware,FL Florida,GA Georgia,MD Maryland,"
            + "NC North Carolina,SC South Carolina,VA Virginia,WV West Virginia"),
        ("East South Central", "AL Alabama,KY Kentucky,MS Mississippi,TN Tennessee"),
        ("West South Central", "AR Arkansas,LA Louisiana,OK Oklahoma,TX Texas"),
        ("Mountain", "AZ Arizona,CO Colorado,ID Idaho,MT Montana,NV Nevada,NM New Mexico,UT Utah,WY Wyoming"),
        ("Pacific", "AK Alaska,CA California,HI Hawaii,OR Oregon,WA Washington"),
    ];

    private static readonly Dictionary<string, (string Division, string Name)> ByCode = Divisions
        .SelectMany(d => d.States.Split(',').Select(s => (Code: s[..2], d.Division, Name: s[3..])))
        .ToDictionary(s => s.Code, s => (s.Division, s.Name));

    private static readonly Dictionary<string, string> ByName = ByCode.ToDictionary(s => s.Value.Name, s => s.Key);

    /// <summary>The code of a state's full name; null of no state.</summary>
    public static string? Of(string name) => ByName.GetValueOrDefault(name);

    /// <summary>A state's full name; a code that is no state's is its own.</summary>
    public static string NameOf(string code) => ByCode.TryGetValue(code, out var state) ? state.Name : code;

    /// <summary>A state's division; the sum of other states is one by itself.</summary>
    public static string DivisionOf(string code) => ByCode.TryGetValue(code, out var state) ? state.Division : code;
}
