use portolan::*;
use std::io::Read;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args[1] == "parse" {
        for x in language::analyse(&args[2]).sentences { for (i,t) in x.tokens.iter().enumerate() { println!("{i:3} {:18} {:14} {:5} {:?} {:12} {}", t.form, t.lemma, t.xpos, t.upos, t.deprel, t.head.map_or("-".into(), |h| format!("{h} {}", x.tokens[h].form))); } println!(); }
        return;
    }
    if args[1].ends_with(".txt") {
        let text = std::fs::read_to_string(&args[1]).unwrap();
        let a = Article { id: "x".into(), text, published: args.get(2).and_then(|d| d.parse().ok()), ..Default::default() };
        let d = extract(&a);
        std::fs::write("/tmp/t.svg", timeline(&d, &Default::default())).unwrap();
        std::fs::write("/tmp/r.svg", route(&d, &Default::default())).unwrap();
        println!("{}", serde_json::to_string_pretty(&d).unwrap());
        return;
    }
    let mut s = String::new();
    std::fs::File::open(&args[1]).unwrap().read_to_string(&mut s).unwrap();
    for l in s.lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        let g = |k: &str| v[k].as_str().map(str::to_string);
        let a = Article { id: g("id").unwrap(), title: g("title"), text: g("text").unwrap(), source: g("source"), published: g("published").and_then(|d| d.parse().ok()), ..Default::default() };
        println!("{}", serde_json::to_string(&extract(&a)).unwrap());
    }
}
