(function(){
'use strict';
var docs=[].slice.call(document.querySelectorAll('.doc')),form=document.getElementById('loc'),said=document.getElementById('dem'),search=document.getElementById('tim'),cache=[];
function plain(s){return s.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g,'').replace(/đ/g,'d').replace(/\s+/g,' ');}
function exact(s){return s.toLowerCase().normalize('NFC').replace(/\s+/g,' ');}
function text(i){return cache[i]||(cache[i]=[exact(docs[i].textContent),plain(docs[i].textContent)]);}
function apply(){
  var raw=search.value.trim(),hasMarks=plain(raw)!==exact(raw),wanted=hasMarks?exact(raw):plain(raw),shown=0,sel=[].slice.call(form.querySelectorAll('select'));
  docs.forEach(function(d,i){
    var ok=sel.every(function(s){return !s.value||(' '+d.getAttribute('data-'+s.name)+' ').indexOf(' '+s.value+' ')>=0;});
    if(ok&&wanted)ok=text(i)[hasMarks?0:1].indexOf(wanted)>=0;
    d.hidden=!ok;if(ok)shown++;
  });
  said.textContent='Đang hiện '+shown+' trong '+docs.length+' văn bản.';
}
function visible(){return docs.filter(function(d){return !d.hidden;});}
function go(step){
  var list=visible(),at=list.findIndex(function(d){return d.contains(document.activeElement);});
  var next=list[at<0?(step>0?0:list.length-1):Math.min(list.length-1,Math.max(0,at+step))];
  if(next){next.querySelector('summary').focus();next.scrollIntoView({block:'nearest'});}
}
function reach(){
  var id=decodeURIComponent(location.hash.slice(1)),el=id&&document.getElementById(id),d=el&&el.closest('.doc');
  if(d){d.hidden=false;d.open=true;el.scrollIntoView();}
}
if(form){
  form.addEventListener('input',apply);form.addEventListener('change',apply);
  form.addEventListener('submit',function(e){e.preventDefault();});
  form.addEventListener('reset',function(){setTimeout(apply,0);});
  document.getElementById('mo').addEventListener('click',function(){var v=visible(),all=v.every(function(d){return d.open;});v.forEach(function(d){d.open=!all;});});
  document.addEventListener('keydown',function(e){
    if(e.ctrlKey||e.metaKey||e.altKey)return;
    var typing=/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
    if(e.key==='Escape'&&e.target===search){search.value='';apply();search.blur();}
    if(typing)return;
    if(e.key==='/'){e.preventDefault();search.focus();}
    else if(e.key==='j'||e.key==='J')go(1);
    else if(e.key==='k'||e.key==='K')go(-1);
  });
  apply();
}
window.addEventListener('hashchange',reach);reach();
var closed=[];
window.addEventListener('beforeprint',function(){closed=visible().filter(function(d){return !d.open;});closed.forEach(function(d){d.open=true;});});
window.addEventListener('afterprint',function(){closed.forEach(function(d){d.open=false;});});
})();
